import { describe, expect, it } from 'vitest';
import { ENGINES, read } from '../../support/read.ts';
import type { ExpectedReceipt } from './expected-receipt.ts';

const RECEIPTS: readonly ExpectedReceipt[] = [
  {
    name: 'ae-latin',
    rows: [
      'AL SAFADI RESTAURANT LLC',
      'Sheikh Zayed Road, Dubai',
      'TRN 100234567800003',
      '07/10/2019 21:10',
      '1 Mixed Grill | 38.00',
      '1 Hummus | 12.00',
      'Sub Total | 50.00',
      'VAT 5% | 2.50',
      'Net Amount AED | 52.50',
      'Cash | 60.00',
      'Change | 7.50',
    ],
    values: { date: '2019-10-07', total: '52.50', currency: 'AED', taxes: ['2.50'] },
  },
  {
    name: 'kw-3dec',
    rows: [
      'DEAN & DELUCA',
      'The Avenues, Kuwait',
      '12/01/2020 13:40',
      'Caesar Salad | 2.500',
      'Club Sandwich | 2.250',
      'Total KD | 4.750',
      'Cash | 5.000',
      'Change | 0.250',
    ],
    values: { date: '2020-01-12', total: '4.750', currency: 'KWD' },
    amounts: ['2.500', '2.250'],
  },
  {
    name: 'za-pnp',
    rows: [
      'PICK N PAY GARDENS',
      'VAT NO 4090105588',
      '23/07/2022 11:02',
      'BREAD WHITE | R16.99',
      'MILK 2L | R32.99',
      'CHICKEN | R108.99',
      'TOTAL | R158.97',
      'VISA | R158.97',
      'VAT @15% INCL | R20.74',
    ],
    values: { date: '2022-07-23', total: '158.97', currency: 'ZAR' },
  },
  {
    name: 'sa-danube',
    rows: [
      'DANUBE HYPERMARKET',
      'RIYADH VAT No 300000000000003',
      '04/04/2021 20:20',
      'DATES 1KG | 30.00',
      'LABAN | 20.00',
      'Total Excl VAT | 50.00',
      'VAT 15% | 7.50',
      'Total Incl VAT SAR | 57.50',
      'MADA | 57.50',
    ],
    values: { date: '2021-04-04', total: '57.50', currency: 'SAR', taxes: ['7.50'] },
  },
  {
    name: 'ng-shoprite',
    rows: [
      'SHOPRITE IKEJA',
      'LAGOS NIGERIA VAT INCL',
      '12/06/2022 14:10',
      'RICE 5KG | 4,200.00',
      'BREAD | 1,175.00',
      'TOTAL | 5,375.00',
      'CASH | 6,000.00',
      'CHANGE | 625.00',
    ],
    values: { date: '2022-06-12', total: '5375.00', currency: 'NGN' },
  },
  {
    name: 'ke-naivas',
    rows: [
      'NAIVAS SUPERMARKET NAIROBI',
      'PIN P051123223G',
      '25-02-2023 16:50',
      'UNGA 2KG | 210.00',
      'SUGAR 2KG | 430.00',
      'OIL 3L | 600.00',
      'TOTAL KES | 1,240.00',
      'M-PESA | 1,240.00',
    ],
    values: { date: '2023-02-25', total: '1240.00', currency: 'KES' },
  },
];

describe.each(ENGINES)('receipts of Africa and Arabia, %s', (_, parted) => {
  it.each(RECEIPTS)('$name', ({ rows, values, amounts }) => {
    const receipt = read(rows, parted);
    expect(receipt).toMatchObject(values);
    if (amounts !== undefined) expect(receipt.items.map(([, amount]) => amount)).toEqual(amounts);
  });
});
