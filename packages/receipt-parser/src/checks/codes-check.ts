import type { Check, DayField, DecimalField, Receipt } from '@slipstream/shared';
import { type Money, moneyToDecimal } from '../amounts/money.ts';
import { type FiscalCode, moneyOf } from '../codes/fiscal-code.ts';

/** What was read from the print and stands in a code besides was read twice, in two ways. */
const CONFIRMED_CONFIDENCE = 0.99;

type Read = Pick<Receipt, 'date' | 'total' | 'tip' | 'rounding' | 'checks'>;

/**
 * What was read beside what the codes on the paper say of it. A code that agrees confirms the total and the day; one that
 * does not asks a person, and neither is ever taken from a code: it may be another receipt's.
 */
export function withCodes<T extends Read>(read: T, codes: readonly FiscalCode[], decimals: number): T {
  const totals = codes.flatMap(({ total }) => total ?? []);
  const days = codes.flatMap((code) => (code.days.length > 0 ? [code.days] : []));
  const checks = [
    ...totalCheck(
      read,
      totals.map((total) => moneyToDecimal(total, decimals)),
    ),
    ...dayCheck(read.date, days.flat()),
  ];
  const isOk = (id: string): boolean => checks.some((check) => check.id === id && check.ok);
  return {
    ...read,
    total: isOk('code_total') ? confirmed(read.total) : read.total,
    date: isOk('code_date') ? confirmed(read.date) : read.date,
    checks: [...read.checks, ...checks],
  };
}

/** The checks of codes that a receipt had, after its fields were changed: what a person says is no code's to doubt. */
export function recheckCodes(receipt: Receipt): Check[] {
  return receipt.checks.flatMap(({ id, expected }): Check[] => {
    if (expected === null || (id !== 'code_total' && id !== 'code_date')) return [];
    const isReviewed = id === 'code_total' ? receipt.total?.reviewed : receipt.date?.reviewed;
    const again = id === 'code_total' ? totalCheck(receipt, [expected]) : dayCheck(receipt.date, [expected]);
    return again.filter(({ ok }) => ok || !isReviewed);
  });
}

/** Tills put what they sum up into their codes: a tip or a rounding behind it may be paid besides. */
function totalCheck({ total, tip, rounding }: Omit<Read, 'checks'>, expected: readonly string[]): Check[] {
  const [first] = expected;
  const read = moneyOf(total?.value);
  if (first === undefined || total === null || read === null) return [];
  const [tipped, rounded] = [moneyOf(tip?.value) ?? 0, moneyOf(rounding?.value) ?? 0];
  const same = new Set<Money>([read, read - tipped, read - rounded, read - tipped - rounded]);
  const agreeing = expected.find((text) => same.has(moneyOf(text) ?? Number.NaN));
  return [{ id: 'code_total', ok: agreeing !== undefined, expected: agreeing ?? first, actual: total.value }];
}

function dayCheck(date: DayField, expected: readonly string[]): Check[] {
  const [first] = expected;
  if (first === undefined || date === null) return [];
  const agreeing = expected.find((day) => day === date.value);
  return [{ id: 'code_date', ok: agreeing !== undefined, expected: agreeing ?? first, actual: date.value }];
}

function confirmed<T extends DayField | DecimalField>(field: T): T {
  return field === null ? field : { ...field, confidence: Math.max(field.confidence, CONFIRMED_CONFIDENCE) };
}
