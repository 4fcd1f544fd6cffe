import { describe, expect, it } from 'vitest';
import { ENGINES, read } from '../support/read.ts';

const HEAD = ['THE BRASS KETTLE', '12 Mill Road, Salem, OR 97301', '07/15/2025 7:42 PM'];
const ITEMS = ['Lentil soup | 8.00', 'Flat bread | 12.00'];
const GOODS = [
  ['Lentil soup', '8.00'],
  ['Flat bread', '12.00'],
];

describe.each(ENGINES)('the sums of a receipt, %s', (_, parted) => {
  const readWith = (...sums: string[]) => read([...HEAD, ...ITEMS, ...sums], parted);

  it.each([
    [['Sales Tax | 1.60', 'Total | 21.60'], { taxes: ['1.60'], total: '21.60' }],
    [['Tip | 3.00', 'Total | 23.00'], { tip: '3.00', total: '23.00' }],
    [['Service charge | 2.00', 'Total | 22.00'], { service_charge: '2.00', total: '22.00' }],
    [['Rounding | -0.02', 'Total | 19.98'], { rounding: '-0.02', total: '19.98' }],
  ])('counts a charge above the total as no goods: %j', (sums, expected) => {
    expect(readWith(...sums)).toMatchObject({ ...expected, items: GOODS, reasons: [] });
  });

  it('does not take a subtotal for the total where another total stands below', () => {
    expect(readWith('Subtotal | 20.00', 'Tax | 1.66', 'Total | 21.60')).toMatchObject({ total: '21.60' });
    expect(readWith('Subtotal | 20.00', 'Tax | 1.66', 'Total | 21.60').reasons).not.toEqual([]);
  });

  it('is not drawn to the subtotal by a long footer', () => {
    const footer = Array.from({ length: 12 }, (__, i) => `Our house has been open for ${'a'.repeat(i + 1)} years`);
    expect(readWith('Subtotal | 20.00', 'Rewards | -5.00', 'Total | 15.00', ...footer)).toMatchObject({
      total: '15.00',
    });
  });

  it('asks for review where the row of the total is unread', () => {
    expect(readWith('Subtotal | 20.00', 'Tax | 1.60').reasons).not.toEqual([]);
  });

  it('names a sum and a tax whose labels are misspelt', () => {
    expect(readWith('Countr-EatIn | 20.00', 'Tqx 8% | 1.60', 'Amount Due | 21.60')).toMatchObject({
      items: GOODS,
      subtotal: '20.00',
      taxes: ['1.60'],
      total: '21.60',
    });
  });

  it('takes what is due for the total, whatever the word', () => {
    expect(readWith('Subtotal | 20.00', 'Tax | 1.60', 'PAYMENT DUE | 21.60')).toMatchObject({ total: '21.60' });
    expect(readWith('BALANCE | 20.00', 'DEBIT | 20.00')).toMatchObject({ total: '20.00', items: GOODS, reasons: [] });
  });

  it('takes a proposal of tips for none', () => {
    const sums = ['Subtotal | 20.00', 'Tax | 1.60', 'Total | 21.60'];
    expect(readWith(...sums, 'Tip Guide', '15% | 3.00', '18% | 3.60', '20% | 4.00')).toMatchObject({ tip: null });
    expect(readWith(...sums, '18% | 3.60', '20% | 4.00')).toMatchObject({ tip: null, total: '21.60' });
    expect(readWith(...sums, 'Suggested Gratuity', '18% = 3.60', 'Tip: ____')).toMatchObject({
      tip: null,
      reasons: [],
    });
  });

  it('reads whole sums and whole prices among figures with decimals', () => {
    expect(readWith('Sub Total | 20.00', 'Tax | 1.00', 'Total | 21')).toMatchObject({ total: '21.00', reasons: [] });
    const whole = [...HEAD, 'Particulars | Qty | Rate | Amount', 'Soup | 1 | 199 | 199', 'Puri | 1 | 225 | 225'];
    expect(read([...whole, 'SubTotal: | 424.00', 'Grand Total: | 424.00'], parted)).toMatchObject({
      items: [
        ['Soup', '199.00'],
        ['Puri', '225.00'],
      ],
      total: '424.00',
    });
  });

  it('reads a petrol pump', () => {
    const pump = ['PUMP 06', 'REGULAR UNL', 'GALLONS | 11.482', 'PRICE/GAL | $3.299', 'FUEL TOTAL | $37.88'];
    expect(read([...HEAD, ...pump, 'TOTAL | $37.88', 'VISA | $37.88'], parted)).toMatchObject({
      items: [[null, '37.88']],
      quantities: ['11.482'],
      total: '37.88',
      reasons: [],
    });
  });

  it('reads the net and the tax that stand on one row', () => {
    const rows = ['TANKHOF BERG', 'Ring 4, 1010 Wien', '09.07.2025 08:14', 'Super 95 | 59,57', 'Summe EUR | 59,57'];
    expect(read([...rows, 'MWST 20% 9,93 | Netto 49,64'], parted)).toMatchObject({ taxes: ['9.93'], reasons: [] });
  });
});

describe.each(ENGINES)('money given back, %s', (_, parted) => {
  const head = ['HARBOUR OUTFITTERS', '12 Quay Street, Burlington, VT 05401', '02/10/2026 11:31 AM'];

  it.each([
    ['by CR behind the figures', ['CREDIT NOTE', 'Rain jacket | 89.00 CR', 'Total | 89.00 CR']],
    ['by a trailing minus', ['RETURN', 'Rain jacket | 89.00-', 'Total | 89.00-', 'VISA | 89.00-']],
    ['by the title alone', ['*** REFUND ***', 'Rain jacket | 89.00', 'Total Refund | 89.00']],
  ])('is negative: %s', (__, rows) => {
    expect(read([...head, ...rows], parted)).toMatchObject({ total: '-89.00', items: [['Rain jacket', '-89.00']] });
  });

  it('is not what the terms of sale speak of', () => {
    const rows = ['Rain jacket | 89.00', 'Total | 89.00', 'NO REFUND', 'RETURNS WITHIN 30 DAYS', 'REFUND POLICY BELOW'];
    expect(read([...head, ...rows], parted)).toMatchObject({ total: '89.00' });
  });
});
