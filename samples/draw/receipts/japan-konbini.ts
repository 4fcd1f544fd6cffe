import { containedTax, decimalOf, type Minor, sum } from '../money.ts';
import { bold, centre, gap, heading, left, rule, spread } from '../print-line.ts';
import type { Sample } from '../sample.ts';

const COLUMNS = 36;
/** Food is taxed at the reduced rate and marked with an asterisk; everything is priced with its tax. */
const GOODS: readonly [description: string, amount: Minor, rate: 8 | 10][] = [
  ['Onigiri Salmon', 178, 8],
  ['Onigiri Umeboshi', 145, 8],
  ['Green Tea 500ml', 162, 8],
  ['Melon Pan', 151, 8],
  ['Chicken Skewer', 248, 8],
  ['Umbrella Clear', 770, 10],
  ['AA Batteries 4P', 495, 10],
];
const TENDERED: Minor = 3000;

const total = sum(GOODS.map(([, amount]) => amount));
const gross = (rate: number) => sum(GOODS.filter(([, , own]) => own === rate).map(([, amount]) => amount));
const yen = (amount: Minor) => `¥${String(amount).replace(/(\d)(?=(\d{3})+$)/g, '$1,')}`;
const row = (label: string, amount: Minor, mark = '') => spread(label, yen(amount) + mark.padEnd(1), COLUMNS);

/** Yen have no decimals; the year comes first. */
export const japanKonbini: Sample = {
  name: 'japan-konbini',
  font: 'cousine',
  columns: COLUMNS,
  lines: [
    heading('HOSHI MART'),
    centre('Aoba 3-chome Store'),
    centre('3-14-9 Aoba, Minamigawa'),
    centre('Reg. No. T0000000000000'),
    gap(),
    left(spread('2026/01/08', '21:07', COLUMNS)),
    left(spread('Register 2', 'No. 0093', COLUMNS)),
    rule(),
    ...GOODS.map(([description, amount, rate]) => left(row(description, amount, rate === 8 ? '*' : ' '))),
    rule(),
    bold(row('TOTAL', total)),
    left(row('(10% taxable', gross(10), ')')),
    left(row('(incl. tax', containedTax(gross(10), 10), ')')),
    left(row('(8% taxable', gross(8), ')')),
    left(row('(incl. tax', containedTax(gross(8), 8), ')')),
    left(row('CASH', TENDERED)),
    left(row('CHANGE', TENDERED - total)),
    gap(),
    left('* reduced tax rate 8%'),
  ],
  scene: { seed: 37, table: [188, 178, 160], tilt_deg: 1.2, keystone: -0.02, folds: 1, ink: 0.88, orientation: 1 },
  truth: {
    schema_version: 1,
    image: 'japan-konbini.jpg',
    receipt_count: 1,
    merchant: {
      name: 'HOSHI MART',
      address: 'Aoba 3-chome Store, 3-14-9 Aoba, Minamigawa',
      phone: null,
      tax_id: 'T0000000000000',
    },
    date: '2026-01-08',
    time: '21:07',
    currency: 'JPY',
    items: GOODS.map(([description, amount]) => ({
      description,
      quantity: '1',
      unit_price: null,
      amount: decimalOf(amount, 0),
    })),
    subtotal: null,
    taxes: ([10, 8] as const).map((rate) => ({
      label: 'incl. tax',
      rate: String(rate),
      amount: decimalOf(containedTax(gross(rate), rate), 0),
      included: true,
    })),
    service_charge: null,
    tip: null,
    rounding: null,
    total: decimalOf(total, 0),
    checks_expected: { sum_holds: true, sum: decimalOf(total, 0) },
  },
};
