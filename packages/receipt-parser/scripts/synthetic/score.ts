import type { Receipt } from '@slipstream/shared';
import type { Truth } from './truth.ts';

/** Leaves in the truth, leaves read, and those of them that are right. */
export interface Tally {
  expected: number;
  read: number;
  right: number;
}

interface Mistake {
  readonly id: string;
  readonly layout: string;
  readonly field: string;
  readonly expected: string | null;
  readonly read: string | null;
}

export interface Score {
  readonly tallies: Map<string, Tally>;
  readonly mistakes: Mistake[];
}

export function emptyScore(): Score {
  return { tallies: new Map(), mistakes: [] };
}

export function f1Of({ expected, read, right }: Tally): number {
  return expected + read === 0 ? 1 : (2 * right) / (expected + read);
}

/** Adds one receipt's leaves to the score. Text counts by its letters and digits, figures by their value. */
export function scoreReceipt(score: Score, truth: Truth, receipt: Receipt | undefined): void {
  const read = readFields(receipt);
  for (const field of new Set([...Object.keys(truth.fields), ...Object.keys(read)])) {
    // A method is stored under one name for many printed words; which card it was is not drawn.
    if (field === 'method' && truth.fields[field] === undefined) continue;
    compare(score, truth, field, truth.fields[field] ?? null, read[field] ?? null);
  }
  compareList(
    score,
    truth,
    'discount',
    truth.discounts,
    (receipt?.discounts ?? []).map(({ amount }) => amount?.value ?? ''),
  );
  compareList(
    score,
    truth,
    'tax',
    truth.taxes.map(({ rate, amount }) => `${Number(rate)}% ${Number(amount)}`),
    (receipt?.taxes ?? []).map(({ rate, amount }) => `${Number(rate?.value)}% ${Number(amount?.value)}`),
  );
  scoreItems(score, truth, receipt);
}

function readFields(receipt: Receipt | undefined): Record<string, string | null> {
  if (receipt === undefined) return {};
  const { merchant, payment } = receipt;
  const fields = {
    ...{
      name: merchant.name,
      address: merchant.address,
      phone: merchant.phone,
      website: merchant.website,
      tax_id: merchant.tax_id,
    },
    ...{ date: receipt.date, time: receipt.time, currency: receipt.currency, receipt_number: receipt.receipt_number },
    ...{
      subtotal: receipt.subtotal,
      service_charge: receipt.service_charge,
      tip: receipt.tip,
      rounding: receipt.rounding,
      total: receipt.total,
    },
    ...{ method: payment.method, card_last4: payment.card_last4, tendered: payment.tendered, change: payment.change },
  };
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [
      name,
      name === 'name' || name === 'address' ? (field?.text ?? null) : (field?.value ?? null),
    ]),
  );
}

/** Items are aligned by their amounts in order: a missing row costs one item, not all that follow. */
function scoreItems(score: Score, truth: Truth, receipt: Receipt | undefined): void {
  const left = [...(receipt?.line_items ?? [])];
  for (const item of truth.items) {
    const at = left.findIndex(({ amount }) => same(amount?.value ?? null, item.amount));
    const found = at < 0 ? undefined : left.splice(at, 1)[0];
    const description = found?.description?.text ?? null;
    compare(
      score,
      truth,
      'item',
      `${item.description} = ${item.amount}`,
      found === undefined ? null : `${description} = ${item.amount}`,
    );
    compare(score, truth, 'item_description', item.description, description);
    compare(score, truth, 'item_amount', item.amount, found?.amount?.value ?? null);
    if (item.quantity !== null) compare(score, truth, 'item_quantity', item.quantity, found?.quantity?.value ?? null);
    if (item.unit_price !== null)
      compare(score, truth, 'item_unit_price', item.unit_price, found?.unit_price?.value ?? null);
  }
  for (const { description, amount } of left)
    compare(score, truth, 'item', null, `${description?.text} = ${amount?.value}`);
}

function compareList(
  score: Score,
  truth: Truth,
  field: string,
  expected: readonly string[],
  read: readonly string[],
): void {
  const left = [...read];
  for (const value of expected) {
    const at = left.findIndex((other) => same(other, value));
    compare(score, truth, field, value, at < 0 ? null : (left.splice(at, 1)[0] ?? null));
  }
  for (const value of left) compare(score, truth, field, null, value);
}

function compare(score: Score, truth: Truth, field: string, expected: string | null, read: string | null): void {
  if (expected === null && read === null) return;
  const tally = score.tallies.get(field) ?? { expected: 0, read: 0, right: 0 };
  score.tallies.set(field, tally);
  if (expected !== null) tally.expected += 1;
  if (read !== null) tally.read += 1;
  if (expected !== null && read !== null && same(expected, read)) tally.right += 1;
  else score.mistakes.push({ id: truth.id, layout: truth.layout, field, expected, read });
}

function same(a: string | null, b: string | null): boolean {
  if (a === null || b === null) return false;
  if (/^-?\d+(\.\d+)?$/.test(a) && /^-?\d+(\.\d+)?$/.test(b)) return Number(a) === Number(b) && a.length > 0;
  return letters(a) === letters(b);
}

function letters(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}
