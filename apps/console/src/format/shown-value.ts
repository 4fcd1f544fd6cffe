import { dayOf, decimalOf } from './amounts.ts';

/** A field's value as a person reads it; null where there is none. */
export function shownValue(
  kind: 'text' | 'day' | 'time' | 'currency' | 'decimal',
  value: string | undefined,
): string | null {
  if (value === undefined) return null;
  if (kind === 'decimal') return decimalOf(value);
  return kind === 'day' ? dayOf(value) : value;
}
