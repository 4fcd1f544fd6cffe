import { decimalOf, type Minor, printed, sum } from '../money.ts';
import { bold, centre, gap, heading, left, rule, spread } from '../print-line.ts';
import type { Sample } from '../sample.ts';

const COLUMNS = 40;
const US = { decimals: 2, point: '.' } as const;
const ORDER: readonly [quantity: number, description: string, amount: Minor][] = [
  [2, 'Pancake Stack', 1900],
  [1, 'Denver Omelet', 1325],
  [1, 'Side Bacon', 475],
  [3, 'Coffee', 975],
  [1, 'Apple Pie', 650],
];
const SALES_TAX_RATE = '8.25';
const TIP: Minor = 1000;

const subtotal = sum(ORDER.map(([, , amount]) => amount));
const tax = Math.round((subtotal * 825) / 10_000);
const total = subtotal + tax + TIP;
const row = (label: string, amount: Minor) => spread(label, printed(amount, US), COLUMNS);

/** Sales tax and tip on top of the subtotal; month before day. */
export const usDiner: Sample = {
  name: 'us-diner',
  font: 'cousine',
  columns: COLUMNS,
  lines: [
    heading('BLUE LANTERN'),
    centre('DINER'),
    centre('1420 Harbor Street'),
    centre('Fairhaven Falls, OR 97000'),
    centre('(503) 555-0142'),
    gap(),
    left(spread('Check: 20417', 'Table: 12', COLUMNS)),
    left(spread('Server: Dana', 'Guests: 3', COLUMNS)),
    left(spread('02/14/2026', '9:42 AM', COLUMNS)),
    rule(),
    ...ORDER.map(([quantity, description, amount]) => left(row(`${quantity} ${description}`, amount))),
    rule(),
    left(row('Subtotal', subtotal)),
    left(row(`Sales Tax ${SALES_TAX_RATE}%`, tax)),
    left(row('Tip', TIP)),
    bold(row('TOTAL', total)),
    gap(),
    left(row('VISA ************4417', total)),
    left('Approved  Auth 081552'),
    gap(),
    centre('Thank you, come again!'),
  ],
  scene: { seed: 11, table: [96, 70, 52], tilt_deg: 0.6, keystone: 0.02, folds: 2, ink: 0.92, orientation: 1 },
  truth: {
    schema_version: 1,
    image: 'us-diner.jpg',
    receipt_count: 1,
    merchant: {
      name: 'BLUE LANTERN DINER',
      address: '1420 Harbor Street, Fairhaven Falls, OR 97000',
      phone: '(503) 555-0142',
      tax_id: null,
    },
    date: '2026-02-14',
    time: '09:42',
    currency: 'USD',
    items: ORDER.map(([quantity, description, amount]) => ({
      description,
      quantity: String(quantity),
      unit_price: null,
      amount: decimalOf(amount, 2),
    })),
    subtotal: decimalOf(subtotal, 2),
    taxes: [{ label: 'Sales Tax', rate: SALES_TAX_RATE, amount: decimalOf(tax, 2), included: false }],
    service_charge: null,
    tip: decimalOf(TIP, 2),
    rounding: null,
    total: decimalOf(total, 2),
    checks_expected: { sum_holds: true, sum: decimalOf(total, 2) },
  },
};
