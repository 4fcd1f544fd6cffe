import { decimalOf, type Minor, printed, sum } from '../money.ts';
import { bold, centre, gap, heading, left, type PrintLine, rule, spread } from '../print-line.ts';
import type { Sample } from '../sample.ts';

const COLUMNS = 42;
const MY = { decimals: 2, point: '.' } as const;
/** Prices without tax; every article is standard rated (SR). */
const GOODS: readonly [code: string, description: string, quantity: number, unit_price: Minor][] = [
  ['9550000000017', 'PVC PIPE 20MM 3M', 2, 780],
  ['9550000000024', 'WALL PLUG 8MM 50PCS', 1, 455],
  ['9550000000031', 'LED BULB 9W WARM', 4, 690],
  ['9550000000048', 'PAINT BRUSH 2 INCH', 1, 523],
];
const GST_RATE = 6;
const TENDERED: Minor = 6000;

const amountOf = ([, , quantity, unit_price]: (typeof GOODS)[number]): Minor => quantity * unit_price;
const subtotal = sum(GOODS.map(amountOf));
const gst = Math.round((subtotal * GST_RATE) / 100);
/** Cash is paid to five sen. */
const total = Math.round((subtotal + gst) / 5) * 5;
const rounding = total - subtotal - gst;
const row = (label: string, amount: Minor) => spread(label, printed(amount, MY), COLUMNS);

function articleLines(line: (typeof GOODS)[number]): PrintLine[] {
  const [code, description, quantity, unit_price] = line;
  return [
    left(`${code} ${description}`),
    left(spread(`    ${quantity} x ${printed(unit_price, MY)}`, `${printed(amountOf(line), MY)} SR`, COLUMNS)),
  ];
}

/** Goods and services tax on top, and the total rounded to five sen. */
export const malaysianHardware: Sample = {
  name: 'malaysian-hardware',
  font: 'cousine',
  columns: COLUMNS,
  lines: [
    heading('SERI MELATI'),
    centre('HARDWARE TRADING SDN BHD'),
    centre('(000000-X)'),
    centre('NO 8, JALAN KEMUNING 3/2'),
    centre('TAMAN SERI MELATI'),
    centre('00000 BANDAR BAYU, SELANGOR'),
    centre('GST ID: 000123456789'),
    gap(),
    centre('TAX INVOICE'),
    left(spread('INV NO: CS-008812', 'CASHIER: 02', COLUMNS)),
    left(spread('DATE: 17/11/2017', 'TIME: 10:35', COLUMNS)),
    rule(),
    ...GOODS.flatMap(articleLines),
    rule(),
    left(row('SUBTOTAL (EXCL. GST)', subtotal)),
    left(row(`GST ${GST_RATE}%`, gst)),
    left(row('ROUNDING ADJ', rounding)),
    bold(row('TOTAL RM', total)),
    left(row('CASH', TENDERED)),
    left(row('CHANGE', TENDERED - total)),
    gap(),
    centre('GOODS SOLD ARE NOT RETURNABLE'),
  ],
  scene: { seed: 53, table: [150, 118, 84], tilt_deg: 0.3, keystone: 0.0, folds: 2, ink: 0.78, orientation: 1 },
  truth: {
    schema_version: 1,
    image: 'malaysian-hardware.jpg',
    receipt_count: 1,
    merchant: {
      name: 'SERI MELATI HARDWARE TRADING SDN BHD',
      address: 'NO 8, JALAN KEMUNING 3/2, TAMAN SERI MELATI, 00000 BANDAR BAYU, SELANGOR',
      phone: null,
      tax_id: '000123456789',
    },
    date: '2017-11-17',
    time: '10:35',
    currency: 'MYR',
    items: GOODS.map((line) => ({
      description: line[1],
      quantity: String(line[2]),
      unit_price: decimalOf(line[3], 2),
      amount: decimalOf(amountOf(line), 2),
    })),
    subtotal: decimalOf(subtotal, 2),
    taxes: [{ label: 'GST', rate: String(GST_RATE), amount: decimalOf(gst, 2), included: false }],
    service_charge: null,
    tip: null,
    rounding: decimalOf(rounding, 2),
    total: decimalOf(total, 2),
    checks_expected: { sum_holds: true, sum: decimalOf(total, 2) },
  },
};
