import { MONEY_SCALE, type Money, moneyFromDigits } from '../amounts/money.ts';

/**
 * What a fiscal or payment code says of the receipt that it is printed on. Codes are made by the till or its fiscal
 * unit, with their own error correction: what they say was not read letter by letter.
 */
export interface FiscalCode {
  /** The scheme that defines it: `PT ATCUD`, `DE KassenSichV`. */
  readonly format: string;
  /** What was to be paid; null where the scheme has no total. */
  readonly total: Money | null;
  /**
   * Days, ISO 8601, any of which the paper may print: more than one where the code gives universal time. Empty where the
   * scheme has no day.
   */
  readonly days: readonly string[];
}

/** Reads one scheme; null where the payload is none of it. */
export type CodeReader = (payload: string) => FiscalCode | null;

const DECIMAL = /^([+-]?)(\d{1,11})(?:[.,](\d{1,6}))?$/;
const DAY = /^(\d{4})-(\d\d)-(\d\d)$/;

/** "12.30", "12,30", "-5": null for anything else. */
export function moneyOf(text: string | null | undefined): Money | null {
  const [, sign, whole = '', fraction = ''] = DECIMAL.exec(text?.trim() ?? '') ?? [];
  if (whole === '') return null;
  const money = moneyFromDigits(whole, fraction);
  return money !== null && sign === '-' ? -money : money;
}

/** Hundredths of the unit, as some schemes count. */
export function moneyOfCents(text: string | null | undefined): Money | null {
  return /^\d{1,13}$/.test(text ?? '') ? (Number(text) * MONEY_SCALE) / 100 : null;
}

/** A list of the day, empty where there is no such day in the calendar. */
export function dayOf(year: string, month: string, day: string): string[] {
  const text = `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const time = DAY.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text) ? [text] : [];
}

/** The day of "2024-01-15", "20240115", "2024-01-15T18:41:04", whatever stands behind it. */
export function dayOfIso(text: string | null | undefined): string[] {
  const [, year = '', month = '', day = ''] = /^(\d{4})-?(\d\d)-?(\d\d)/.exec(text ?? '') ?? [];
  return year === '' ? [] : dayOf(year, month, day);
}

/** "15-01-2024", "15.01.2024", "15/01/2024". */
export function dayOfDayFirst(text: string | null | undefined): string[] {
  const [, day = '', month = '', year = ''] = /^(\d{1,2})[-./](\d{1,2})[-./](\d{4})/.exec(text ?? '') ?? [];
  return year === '' ? [] : dayOf(year, month, day);
}

const HOUR_MS = 3_600_000;

/** The days on which an instant falls where clocks are ahead of universal time by up to `ahead_hours`. */
export function localDays(instant: string, ahead_hours: number): string[] {
  const time = Date.parse(instant);
  if (Number.isNaN(time)) return [];
  const days = [0, ahead_hours].map((hours) => new Date(time + hours * HOUR_MS).toISOString().slice(0, 10));
  return [...new Set(days)];
}
