import type { Receipt } from '@slipstream/shared';
import type { ReceiptTruth } from './case-truth.ts';

/** What a receipt has other than its truth says, in words; empty where it is right. */
function differences(truth: ReceiptTruth, receipt: Receipt): string[] {
  const wrong = [
    ...amounts(truth, receipt),
    ...texts(truth, receipt),
    ...lists(truth, receipt),
    ...items(truth, receipt),
  ];
  if (truth.not_circular !== undefined && isCircular(receipt)) wrong.push(truth.not_circular);
  return wrong;
}

/** As `differences`, with what the truth says about asking a person. */
export function judgeCase(truth: ReceiptTruth, receipt: Receipt | undefined): string[] {
  if (receipt === undefined) return ['no receipt'];
  if (truth.needs_review === true && receipt.needs_review) return [];
  const wrong = differences(truth, receipt);
  if (truth.needs_review === false && receipt.needs_review)
    wrong.push(`review asked: ${receipt.reasons.map(({ code }) => code).join(' ')}`);
  return wrong;
}

function amounts(truth: ReceiptTruth, receipt: Receipt): string[] {
  const { total, subtotal, tip, rounding, service_charge, payment, taxes } = receipt;
  const [tax] = taxes;
  const pairs: readonly (readonly [string, string | null | undefined, { value: string } | null | undefined])[] = [
    ['total', truth.total, total],
    ['subtotal', truth.subtotal, subtotal],
    ['tip', truth.tip, tip],
    ['rounding', truth.rounding, rounding],
    ['service charge', truth.service ?? truth.service_charge, service_charge],
    ['tendered', truth.tendered, payment.tendered],
    ['change', truth.change, payment.change],
    ['tax', truth.tax, taxes.length === 1 ? tax?.amount : null],
  ];
  return pairs.flatMap(([name, expected, read]) => {
    if (expected === undefined) return [];
    const right = expected === null ? (read ?? null) === null : sameAmount(read?.value, expected);
    return right ? [] : [`${name} ${read?.value ?? null} for ${expected}`];
  });
}

function texts(truth: ReceiptTruth, receipt: Receipt): string[] {
  const { date, time, currency, merchant, payment } = receipt;
  const same_text = (read: string | null, expected: string | null): boolean => read === expected;
  // Seconds are printed or not: what both have has to agree.
  const same_time = (read: string | null, expected: string | null): boolean =>
    read === null || expected === null ? read === expected : read.startsWith(expected) || expected.startsWith(read);
  const same_name = (read: string | null, expected: string | null): boolean => letters(read) === letters(expected);
  const pairs = [
    ['date', truth.date, date?.value ?? null, same_text],
    ['time', truth.time, time?.value ?? null, same_time],
    ['currency', truth.currency, currency?.value ?? null, same_text],
    ['merchant', truth.merchant, merchant.name?.value ?? null, same_name],
    ['last4', truth.last4, payment.card_last4?.value ?? null, same_text],
  ] as const;
  return pairs.flatMap(([name, expected, read, same]) =>
    expected === undefined || same(read, expected) ? [] : [`${name} ${read} for ${expected}`],
  );
}

function lists({ taxes, discounts }: ReceiptTruth, receipt: Receipt): string[] {
  const read_taxes = receipt.taxes.map(({ amount }) => amount?.value ?? '');
  const read_discounts = [
    ...receipt.discounts.map(({ amount }) => amount?.value ?? ''),
    ...receipt.line_items.map(({ amount }) => amount?.value ?? '').filter((value) => Number(value) < 0),
  ];
  return [
    ...(taxes === undefined || sameList(read_taxes, taxes) ? [] : [`taxes ${read_taxes} for ${taxes}`]),
    ...(discounts === undefined || sameList(read_discounts, discounts)
      ? []
      : [`discounts ${read_discounts} for ${discounts}`]),
  ];
}

function items(truth: ReceiptTruth, { line_items }: Receipt): string[] {
  if (truth.items === undefined) return [];
  if (truth.items.length !== line_items.length) return [`${line_items.length} items for ${truth.items.length}`];
  return truth.items.flatMap((expected, i) => {
    const [text, quantity, , amount] = typeof expected === 'string' ? [null, null, null, expected] : expected;
    const read = line_items[i];
    const wrong: string[] = [];
    if (amount !== null && !sameAmount(read?.amount?.value, amount))
      wrong.push(`item ${i + 1}: ${read?.amount?.value} for ${amount}`);
    if (text !== null && letters(read?.description?.value ?? null) !== letters(text))
      wrong.push(`item ${i + 1}: "${read?.description?.value}" for "${text}"`);
    // One of a thing is hardly ever printed.
    if (quantity !== null && quantity !== '1' && !sameAmount(read?.quantity?.value, quantity))
      wrong.push(`item ${i + 1}: quantity ${read?.quantity?.value ?? null} for ${quantity}`);
    return wrong;
  });
}

/** The only item is the total's own row: that it makes the total says nothing. */
function isCircular({ checks, line_items }: Receipt): boolean {
  return line_items.length === 1 && checks.some(({ id, ok }) => id === 'items_make_total' && ok);
}

function sameAmount(read: string | null | undefined, expected: string): boolean {
  return read !== null && read !== undefined && Math.abs(Number(read) - Number(expected)) < 0.005;
}

function sameList(read: readonly string[], expected: readonly string[]): boolean {
  const sorted = (values: readonly string[]): number[] => values.map(Number).sort((a, b) => a - b);
  const wanted = sorted(expected);
  return (
    read.length === expected.length && sorted(read).every((value, i) => Math.abs(value - (wanted[i] ?? 0)) < 0.005)
  );
}

function letters(text: string | null): string {
  return (text ?? '')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '');
}
