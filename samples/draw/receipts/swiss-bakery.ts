import { containedTax, decimalOf, type Minor, printed, sum } from '../money.ts';
import { bold, centre, gap, heading, left, rule, spread } from '../print-line.ts';
import type { Sample } from '../sample.ts';

const COLUMNS = 38;
const CH = { decimals: 2, point: '.' } as const;
const GOODS: readonly [quantity: number, description: string, unit_price: Minor][] = [
  [1, 'Ruchbrot 500g', 432],
  [3, 'Gipfeli', 165],
  [2, 'Nussschnecke', 390],
  [1, 'Birnenweggen', 1276],
];
const MWST_RATE = '2.6';
const TENDERED: Minor = 5000;

const amountOf = ([quantity, , unit_price]: (typeof GOODS)[number]): Minor => quantity * unit_price;
const subtotal = sum(GOODS.map(amountOf));
/** There is no coin under five centimes. */
const total = Math.round(subtotal / 5) * 5;
const rounding = total - subtotal;
const mwst = containedTax(total, Number(MWST_RATE));
const row = (label: string, amount: Minor) => spread(label, printed(amount, CH), COLUMNS);

/** Cash rounded to five centimes, with the rounding printed. */
export const swissBakery: Sample = {
  name: 'swiss-bakery',
  font: 'cousine',
  columns: COLUMNS,
  lines: [
    heading('STEINBOCK'),
    centre('Bäckerei Konditorei AG'),
    centre('Brunngasse 5'),
    centre('9999 Oberalp'),
    centre('CHE-000.000.000 MWST'),
    gap(),
    left(spread('Quittung 2086', '11.06.2026 07:31', COLUMNS)),
    rule(),
    left(spread('Artikel', 'CHF', COLUMNS)),
    ...GOODS.map((line) => left(row(`${line[0]} x ${printed(line[2], CH)} ${line[1]}`, amountOf(line)))),
    rule(),
    left(row('Zwischentotal', subtotal)),
    left(row('Rundung', rounding)),
    bold(row('TOTAL CHF', total)),
    left(row('Bar', TENDERED)),
    left(row('Rückgeld', TENDERED - total)),
    gap(),
    left(row(`inkl. MWST ${MWST_RATE}%`, mwst)),
    gap(),
    centre('Danke und uf Wiederluege'),
  ],
  scene: { seed: 71, table: [92, 98, 110], tilt_deg: -0.8, keystone: -0.03, folds: 3, ink: 0.86, orientation: 1 },
  truth: {
    schema_version: 1,
    image: 'swiss-bakery.jpg',
    receipt_count: 1,
    merchant: {
      name: 'STEINBOCK Bäckerei Konditorei AG',
      address: 'Brunngasse 5, 9999 Oberalp',
      phone: null,
      tax_id: 'CHE-000.000.000 MWST',
    },
    date: '2026-06-11',
    time: '07:31',
    currency: 'CHF',
    items: GOODS.map((line) => ({
      description: line[1],
      quantity: String(line[0]),
      unit_price: decimalOf(line[2], 2),
      amount: decimalOf(amountOf(line), 2),
    })),
    subtotal: decimalOf(subtotal, 2),
    taxes: [{ label: 'MWST', rate: MWST_RATE, amount: decimalOf(mwst, 2), included: true }],
    service_charge: null,
    tip: null,
    rounding: decimalOf(rounding, 2),
    total: decimalOf(total, 2),
    checks_expected: { sum_holds: true, sum: decimalOf(total, 2) },
  },
};
