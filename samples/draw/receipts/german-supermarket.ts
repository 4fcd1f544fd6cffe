import { containedTax, decimalOf, type Minor, printed, sum } from '../money.ts';
import { bold, centre, gap, heading, left, type PrintLine, rule, spread } from '../print-line.ts';
import type { Sample } from '../sample.ts';

const COLUMNS = 40;
const DE = { decimals: 2, point: ',' } as const;
type Rate = 'A' | 'B';
const RATES: Readonly<Record<Rate, number>> = { A: 19, B: 7 };

interface Article {
  readonly name: string;
  readonly quantity: number;
  readonly unit_price: Minor;
  readonly rate: Rate;
}

const one = (name: string, unit_price: Minor, rate: Rate = 'B'): Article => ({ name, quantity: 1, unit_price, rate });
const many = (quantity: number, name: string, unit_price: Minor, rate: Rate = 'B'): Article => ({
  name,
  quantity,
  unit_price,
  rate,
});

const ARTICLES: readonly Article[] = [
  one('VOLLMILCH 3,5% 1L', 119),
  one('BUTTER 250G', 219),
  many(4, 'JOGHURT NATUR', 49),
  one('GOUDA JUNG 400G', 349),
  one('FRISCHKAESE', 139),
  one('EIER 10 STUECK', 259),
  one('ROGGENBROT', 289),
  many(6, 'BROETCHEN', 35),
  one('HAFERFLOCKEN', 99),
  one('MUESLI NUSS', 279),
  one('HONIG 500G', 449),
  one('KONFITUERE ERDBEER', 189),
  one('NUDELN 500G', 89),
  many(2, 'TOMATEN PASSIERT', 79),
  one('REIS BASMATI 1KG', 249),
  one('LINSEN ROT', 169),
  one('OLIVENOEL 750ML', 799),
  one('ESSIG 1L', 109),
  one('ZUCKER 1KG', 129),
  one('MEHL TYPE 405', 85),
  one('SALZ 500G', 39),
  one('PFEFFER GANZ', 229),
  one('SENF MITTELSCHARF', 95),
  one('APFEL ELSTAR', 299),
  one('BANANEN', 178),
  one('ZITRONEN NETZ', 159),
  one('KAROTTEN 1KG', 119),
  one('ZWIEBELN 2KG', 199),
  one('KARTOFFELN 2,5KG', 329),
  one('PAPRIKA ROT', 249),
  one('GURKE', 79),
  one('TOMATEN RISPE', 228),
  one('SALAT KOPF', 129),
  one('SPINAT TK', 149),
  one('ERBSEN TK', 135),
  one('PIZZA TK', 299),
  one('HAEHNCHEN 600G', 649),
  one('LACHSFILET', 599),
  one('SCHINKEN 200G', 219),
  one('KAFFEE GEMAHLEN', 699),
  one('TEE PFEFFERMINZ', 145),
  one('SCHOKOLADE 100G', 119),
  many(3, 'MINERALWASSER', 69, 'A'),
  one('APFELSAFT 1L', 189, 'A'),
  one('ROTWEIN 0,75L', 549, 'A'),
  one('SPUELMITTEL', 125, 'A'),
  one('WASCHPULVER', 599, 'A'),
  one('TOILETTENPAPIER', 395, 'A'),
  one('ZAHNPASTA', 145, 'A'),
  one('KERZEN 4ER', 279, 'A'),
];

const amountOf = ({ quantity, unit_price }: Article): Minor => quantity * unit_price;
const total = sum(ARTICLES.map(amountOf));
const gross = (rate: Rate) => sum(ARTICLES.filter((article) => article.rate === rate).map(amountOf));
const row = (label: string, amount: Minor, mark = ' ') =>
  left(spread(label, `${printed(amount, DE)} ${mark}`, COLUMNS));

function articleLines(article: Article): PrintLine[] {
  const line = row(article.name, amountOf(article), article.rate);
  if (article.quantity === 1) return [line];
  return [line, left(`   ${article.quantity} x ${printed(article.unit_price, DE)}`)];
}

function taxLine(rate: Rate): PrintLine {
  const tax = containedTax(gross(rate), RATES[rate]);
  const figures = [gross(rate) - tax, tax, gross(rate)].map((amount) => printed(amount, DE).padStart(10)).join('');
  return left(`${rate} ${String(RATES[rate]).padStart(2)},0%`.padEnd(10) + figures);
}

/** The long one: fifty articles, two rates of value-added tax contained in the prices, with the table of them. */
export const germanSupermarket: Sample = {
  name: 'german-supermarket-long',
  font: 'cousine',
  columns: COLUMNS,
  lines: [
    heading('FRISCHMARKT'),
    centre('Lindental GmbH'),
    centre('Am Alten Wehr 12'),
    centre('99999 Lindental'),
    centre('Tel. 030 23125 014'),
    centre('USt-IdNr. DE000000000'),
    gap(),
    left(spread('', 'EUR  ', COLUMNS - 1)),
    ...ARTICLES.flatMap(articleLines),
    rule('='),
    bold(spread('SUMME EUR', `${printed(total, DE)}  `, COLUMNS)),
    rule('='),
    row('Geg. girocard', total),
    gap(),
    left(`${'Steuer'.padEnd(10)}${'Netto'.padStart(10)}${'MwSt'.padStart(10)}${'Brutto'.padStart(10)}`),
    taxLine('A'),
    taxLine('B'),
    gap(),
    left(spread('21.03.2026  17:58', 'Bon 4711', COLUMNS)),
    left(`Anzahl Artikel ${sum(ARTICLES.map(({ quantity }) => quantity))}`),
    gap(),
    centre('Vielen Dank für Ihren Einkauf'),
  ],
  scene: { seed: 29, table: [120, 124, 128], tilt_deg: -0.4, keystone: 0.01, folds: 1, ink: 0.92, orientation: 1 },
  truth: {
    schema_version: 1,
    image: 'german-supermarket-long.jpg',
    receipt_count: 1,
    merchant: {
      name: 'FRISCHMARKT Lindental GmbH',
      address: 'Am Alten Wehr 12, 99999 Lindental',
      phone: '030 23125 014',
      tax_id: 'DE000000000',
    },
    date: '2026-03-21',
    time: '17:58',
    currency: 'EUR',
    items: ARTICLES.map((article) => ({
      description: article.name,
      quantity: String(article.quantity),
      unit_price: article.quantity === 1 ? null : decimalOf(article.unit_price, 2),
      amount: decimalOf(amountOf(article), 2),
    })),
    subtotal: null,
    taxes: (['A', 'B'] as const).map((rate) => ({
      label: rate,
      rate: String(RATES[rate]),
      amount: decimalOf(containedTax(gross(rate), RATES[rate]), 2),
      included: true,
    })),
    service_charge: null,
    tip: null,
    rounding: null,
    total: decimalOf(total, 2),
    checks_expected: { sum_holds: true, sum: decimalOf(total, 2) },
  },
};
