import { containedTax, decimalOf, type Minor, printed, sum } from '../money.ts';
import { bold, centre, gap, heading, left, rule, spread } from '../print-line.ts';
import type { Sample } from '../sample.ts';

const COLUMNS = 36;
const UK = { decimals: 2, point: '.' } as const;
const ORDER: readonly [quantity: number, description: string, amount: Minor][] = [
  [2, 'Amber Ale Pint', 1180],
  [1, 'Elderflower Press', 340],
  [1, 'Fish and Chips', 1650],
  [1, 'Mushroom Pie', 1425],
  [2, 'Sticky Toffee', 1390],
];
const VAT_RATE = 20;
const SERVICE_RATE = 10;

const subtotal = sum(ORDER.map(([, , amount]) => amount));
const service = Math.round((subtotal * SERVICE_RATE) / 100);
const total = subtotal + service;
const vat = containedTax(subtotal, VAT_RATE);
const pounds = (amount: Minor) => `£${printed(amount, UK)}`;
const row = (label: string, amount: Minor) => spread(label, pounds(amount), COLUMNS);

/** The crumpled one, photographed askew with the telephone on its side. */
export const ukPub: Sample = {
  name: 'uk-pub-crumpled',
  font: 'cousine',
  columns: COLUMNS,
  lines: [
    heading('COPPER HERON'),
    centre('8 Mill Lane, Little Wexcombe'),
    centre('ZZ99 3ZZ'),
    centre('Tel: 01632 960 118'),
    centre('VAT No. 000 0000 00'),
    gap(),
    left(spread('Bill 7713', 'Table 21', COLUMNS)),
    left(spread('29/05/2026', '20:14', COLUMNS)),
    rule(),
    ...ORDER.map(([quantity, description, amount]) => left(row(`${quantity} ${description}`, amount))),
    rule(),
    left(row('Subtotal', subtotal)),
    left(row(`Service ${SERVICE_RATE}%`, service)),
    bold(row('TOTAL', total)),
    left(row('Card', total)),
    gap(),
    left(`VAT included ${VAT_RATE}%: ${pounds(vat)}`),
    gap(),
    centre('Thank you for visiting'),
  ],
  scene: { seed: 67, table: [58, 44, 36], tilt_deg: 6.5, keystone: 0.04, folds: 16, ink: 0.92, orientation: 6 },
  truth: {
    schema_version: 1,
    image: 'uk-pub-crumpled.jpg',
    receipt_count: 1,
    merchant: {
      name: 'COPPER HERON',
      address: '8 Mill Lane, Little Wexcombe, ZZ99 3ZZ',
      phone: '01632 960 118',
      tax_id: '000 0000 00',
    },
    date: '2026-05-29',
    time: '20:14',
    currency: 'GBP',
    items: ORDER.map(([quantity, description, amount]) => ({
      description,
      quantity: String(quantity),
      unit_price: null,
      amount: decimalOf(amount, 2),
    })),
    subtotal: decimalOf(subtotal, 2),
    taxes: [{ label: 'VAT', rate: String(VAT_RATE), amount: decimalOf(vat, 2), included: true }],
    service_charge: decimalOf(service, 2),
    tip: null,
    rounding: null,
    total: decimalOf(total, 2),
    checks_expected: { sum_holds: true, sum: decimalOf(total, 2) },
  },
};
