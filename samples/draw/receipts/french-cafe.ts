import { containedTax, decimalOf, type Minor, printed, sum } from '../money.ts';
import { bold, centre, gap, heading, left, rule, spread } from '../print-line.ts';
import type { Sample } from '../sample.ts';

const COLUMNS = 38;
const FR = { decimals: 2, point: ',' } as const;
const ORDER: readonly [quantity: number, description: string, unit_price: Minor, rate: 10 | 20][] = [
  [2, 'Café crème', 380, 10],
  [1, 'Croissant', 160, 10],
  [1, 'Tarte citron', 540, 10],
  [1, 'Salade niçoise', 1450, 10],
  [2, 'Verre de Chinon', 620, 20],
];
/** The mistake: two euros more than the lines make. */
const MISTAKE: Minor = 200;

const amountOf = ([quantity, , unit_price]: (typeof ORDER)[number]): Minor => quantity * unit_price;
const right = sum(ORDER.map(amountOf));
const total = right + MISTAKE;
const tax = (rate: 10 | 20) => containedTax(sum(ORDER.filter(([, , , own]) => own === rate).map(amountOf)), rate);
const row = (label: string, amount: Minor) => spread(label, printed(amount, FR), COLUMNS);

/** The one whose sum is wrong: a person has to look at it. */
export const frenchCafe: Sample = {
  name: 'french-cafe-wrong-sum',
  font: 'courier-prime',
  columns: COLUMNS,
  lines: [
    heading('LE PONT VERT'),
    centre('Café - Brasserie'),
    centre('7 quai des Tisserands'),
    centre('00420 Valmoret'),
    centre('Tél. 01 99 00 42 17'),
    centre('SIRET 000 000 000 00000'),
    gap(),
    left(spread('05/04/2026', '13:26', COLUMNS)),
    left(spread('Table 4', 'Ticket 000318', COLUMNS)),
    rule(),
    ...ORDER.map((line) => left(row(`${line[0]} ${line[1]}`, amountOf(line)))),
    rule(),
    bold(row('TOTAL TTC EUR', total)),
    gap(),
    left(row('TVA 10,00%', tax(10))),
    left(row('TVA 20,00%', tax(20))),
    gap(),
    left(row('Carte bancaire', total)),
    gap(),
    centre('Merci de votre visite'),
  ],
  scene: { seed: 41, table: [74, 92, 78], tilt_deg: -1.1, keystone: 0.03, folds: 2, ink: 0.93, orientation: 1 },
  truth: {
    schema_version: 1,
    image: 'french-cafe-wrong-sum.jpg',
    receipt_count: 1,
    merchant: {
      name: 'LE PONT VERT',
      address: '7 quai des Tisserands, 00420 Valmoret',
      phone: '01 99 00 42 17',
      tax_id: '000 000 000 00000',
    },
    date: '2026-04-05',
    time: '13:26',
    currency: 'EUR',
    items: ORDER.map((line) => ({
      description: line[1],
      quantity: String(line[0]),
      unit_price: null,
      amount: decimalOf(amountOf(line), 2),
    })),
    subtotal: null,
    taxes: ([10, 20] as const).map((rate) => ({
      label: 'TVA',
      rate: String(rate),
      amount: decimalOf(tax(rate), 2),
      included: true,
    })),
    service_charge: null,
    tip: null,
    rounding: null,
    total: decimalOf(total, 2),
    checks_expected: { sum_holds: false, sum: decimalOf(right, 2) },
  },
};
