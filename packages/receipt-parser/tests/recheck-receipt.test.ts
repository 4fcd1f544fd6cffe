import type { Receipt } from '@slipstream/shared';
import { describe, expect, it } from 'vitest';
import { drawReceipt } from '../scripts/synthetic/draw-receipt.ts';
import { parseDocument, printedAmounts, printedDays, recheckReceipt } from '../src/index.ts';
import { page } from './support/page.ts';

const CAFE = [
  'THE CORNER CAFE LTD',
  '12 Harbour Street',
  '14/03/2026 | 09:26',
  'Flat white | 3.50',
  'Banana bread | 4.00',
  'Item count | 2',
  'TOTAL | 7.50',
  'Cash | 10.00',
  'Change | 2.50',
];

function read(rows: readonly string[]): Receipt {
  const [receipt] = parseDocument(page(rows), { image_id: '7aee1585-a82d-57fe-b9e6-9ef48824255f' });
  if (!receipt) throw new Error('no receipt');
  return receipt;
}
const verdicts = (receipt: Receipt) => Object.fromEntries(recheckReceipt(receipt).map(({ id, ok }) => [id, ok]));
const amount = (value: string) => ({ value, text: value, confidence: 0.9, words: [] });

describe('the checks of a receipt that was changed', () => {
  it.each([
    ['a plain one', CAFE],
    ['one with a tax on top', [...CAFE.slice(0, 5), 'Subtotal | 7.50', 'Tax | 0.60', 'TOTAL | 8.10']],
    ['one with a discount', [...CAFE.slice(0, 5), 'Subtotal | 7.50', 'Discount | -1.50', 'TOTAL | 6.00']],
    ['one with rounding', [...CAFE.slice(0, 5), 'Subtotal | 7.50', 'Rounding | 0.05', 'TOTAL | 7.55']],
    ['one whose items do not add up', CAFE.map((row) => row.replace('4.00', '5.00'))],
  ])('say of %s that was not what the parser said', (_, rows) => {
    const receipt = read(rows);
    const said = Object.fromEntries(receipt.checks.map(({ id, ok }) => [id, ok]));
    expect(verdicts(receipt)).toMatchObject(said);
  });

  it('agree with the parser on drawn receipts of every country', { timeout: 60_000 }, () => {
    for (let index = 0; index < 60; index += 1) {
      const [receipt] = parseDocument(drawReceipt(9, index).document, {
        image_id: '7aee1585-a82d-57fe-b9e6-9ef48824255f',
      });
      const said = receipt?.checks.find(({ id }) => id === 'items_make_total')?.ok;
      expect(receipt && verdicts(receipt).items_make_total, `receipt ${index}`).toBe(said);
    }
  });

  it('fail when an item, the total or the change is another', () => {
    const receipt = read(CAFE);
    expect(Object.values(verdicts(receipt)).every(Boolean)).toBe(true);
    const [first, ...others] = receipt.line_items;
    if (!first) throw new Error('no items');
    expect(verdicts({ ...receipt, line_items: [{ ...first, amount: amount('3.60') }, ...others] })).toMatchObject({
      items_make_total: false,
    });
    expect(verdicts({ ...receipt, line_items: others })).toMatchObject({ items_make_total: false });
    expect(verdicts({ ...receipt, total: amount('7.60') })).toMatchObject({
      items_make_total: false,
      paid_less_change: false,
    });
    expect(verdicts({ ...receipt, payment: { ...receipt.payment, change: amount('3.50') } })).toMatchObject({
      items_make_total: true,
      paid_less_change: false,
    });
  });

  it('say what was expected and what is there', () => {
    const wrong = { ...read(CAFE), total: amount('9.00') };
    expect(recheckReceipt(wrong).find(({ id }) => id === 'items_make_total')).toEqual({
      id: 'items_make_total',
      ok: false,
      expected: '9.00',
      actual: '7.50',
    });
  });

  it('of a tax holds only at the amount that its printed rate gives', () => {
    const taxed: Receipt = {
      ...read(CAFE),
      taxes: [{ label: null, rate: amount('20'), amount: amount('1.25') }],
      checks: [{ id: 'tax_is_rate_of_base', ok: true, expected: '1.25', actual: '1.25' }],
    };
    expect(verdicts(taxed)).toMatchObject({ tax_is_rate_of_base: true });
    const other = { ...taxed, taxes: [{ label: null, rate: amount('20'), amount: amount('1.52') }] };
    expect(verdicts(other)).toMatchObject({ tax_is_rate_of_base: false });
  });

  it('are none without a total', () => {
    expect(recheckReceipt({ ...read(CAFE), total: null })).toEqual([]);
  });
});

describe('what a printed text can mean', () => {
  it.each([
    ['RM 1,234.50', '1234.50'],
    ['1.234,50 €', '1234.50'],
    ['-4.00', '4.00'],
    ['1.234', '1234'],
    ['1.234', '1.234'],
    ['12', '12'],
  ])('%s as an amount: %s', (text, value) => {
    expect(printedAmounts(text)).toContain(value);
  });

  it('is no amount where there is no number, and no other number than the one there', () => {
    expect(printedAmounts('TOTAL')).toEqual([]);
    expect(printedAmounts('7.50')).not.toContain('1.00');
  });

  it('is every day that its order allows', () => {
    expect(printedDays('03/04/2026').toSorted()).toEqual(['2026-03-04', '2026-04-03']);
    expect(printedDays('14/03/2026')).toEqual(['2026-03-14']);
    expect(printedDays('31 février 2026')).toEqual([]);
    expect(printedDays('14 März 2026')).toEqual(['2026-03-14']);
  });
});
