import type { Receipt } from '@slipstream/shared';
import { describe, expect, it } from 'vitest';
import { parseDocument, reasonsOf, recheckReceipt } from '../src/index.ts';
import { page } from './support/page.ts';

const HEAD = ['Harbour Foods Sdn Bhd', 'Lot 20, Jalan Damai', '50480 Kuala Lumpur', 'Date: 14/03/2018 10:06'];
const ITEMS = ['Green tea | 2.00', 'Ramen | 12.80', 'Sugar | 35.20'];

function parse(...rows: readonly string[]): Receipt {
  const [receipt] = parseDocument(page([...HEAD, ...ITEMS, ...rows]), {
    image_id: '00000000-0000-5000-8000-000000000000',
  });
  if (receipt === undefined) throw new Error('no receipt was found');
  return receipt;
}
const codes = ({ reasons }: Pick<Receipt, 'reasons'>) => reasons.map(({ code }) => code);
const amount = (value: string, reviewed?: true) => ({
  value,
  text: value,
  confidence: 0.9,
  words: [],
  ...(reviewed && { reviewed }),
});

describe('a charge that the sum contains', () => {
  it.each([
    ['a discount', ['Subtotal | 50.00', 'Discount | -5.00', 'Total | 45.00']],
    ['a service charge', ['Subtotal | 50.00', 'Service charge | 5.00', 'Total | 55.00']],
    ['a rounding', ['Subtotal | 50.00', 'Rounding | -0.02', 'Total | 49.98']],
    ['a tax on top', ['Subtotal | 50.00', 'GST 6% | 3.00', 'Total | 53.00']],
    ['a tax in the prices', ['Total | 50.00', 'GST included | 2.83']],
    ['a tip below the total', ['Total | 50.00', 'Tip | 5.00', 'Cash | 55.00']],
  ])('%s: is nothing to ask about', (_, rows) => {
    expect(codes(parse(...rows))).not.toContain('CHARGE_UNPROVEN');
  });
});

describe('a charge that no sum contains asks for review', () => {
  it.each([
    ['a discount', { discounts: [{ label: null, amount: amount('-43.00') }] }],
    ['a service charge', { service_charge: amount('7.00') }],
    ['a tip', { tip: amount('7.00') }],
    ['a rounding', { rounding: amount('0.03') }],
    ['a tax larger than prices contain', { taxes: [{ label: null, rate: null, amount: amount('31.00') }] }],
  ])('%s, with what it is', (name, charges) => {
    const receipt = { ...parse('Total | 50.00'), ...charges };
    const checks = recheckReceipt(receipt);
    const reasons = reasonsOf({ ...receipt, checks }, 0);
    expect(reasons.map(({ code }) => code)).toEqual(['CHARGE_UNPROVEN']);
    expect(reasons[0]?.message.toLowerCase()).toContain(name.split(' ')[1]);
    expect(checks.filter(({ ok }) => !ok)).toHaveLength(1);
  });

  it('read by the parser from a row of other figures', () => {
    const receipt = parse('Total | 50.00', '47.17 Discount 000');
    const stored = receipt.discounts.map(({ amount }) => amount?.value);
    // Either it is no discount at all, or a person looks at it.
    expect(stored.length === 0 || receipt.needs_review).toBe(true);
    if (stored.length > 0) expect(codes(receipt)).toContain('CHARGE_UNPROVEN');
  });

  it('unless a person reviewed it', () => {
    const receipt = { ...parse('Total | 50.00'), discounts: [{ label: null, amount: amount('-43.00', true) }] };
    expect(recheckReceipt(receipt).every(({ ok }) => ok)).toBe(true);
  });

  it('only beside a sum that comes out: else that is what is said', () => {
    const receipt = { ...parse('Total | 61.00'), service_charge: amount('7.00') };
    const reasons = reasonsOf({ ...receipt, checks: recheckReceipt(receipt) }, 0);
    expect(codes({ reasons })).toEqual(['ITEMS_DO_NOT_ADD_UP']);
  });
});
