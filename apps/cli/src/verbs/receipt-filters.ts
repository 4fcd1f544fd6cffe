import { RECEIPT_SORTS } from '@slipstream/api-contract';
import { currencySchema, daySchema, decimalSchema, RECEIPT_STATUSES, SlipstreamError } from '@slipstream/shared';
import type { ReceiptFilters } from '../service/receipts-service.ts';

export type Options = Readonly<Record<string, unknown>>;

/** The filters of list, find and spending. */
export const FILTER_OPTIONS = [
  ['--merchant <name>', "A part of the merchant's name, or its id"],
  ['--category <id>', 'Filed under this category'],
  ['--tag <tag>', 'With this tag'],
  ['--from <day>', 'First day, as 2026-01-31'],
  ['--to <day>', 'Last day'],
  ['--min <amount>', 'The lowest total, as 10.50'],
  ['--max <amount>', 'The highest total'],
  ['--currency <code>', 'As EUR'],
  ['--degraded', 'Only what was read by an engine that was not well; it is read again when one is'],
] as const;

export const SORT_OPTION = [
  '--sort <order>',
  `${RECEIPT_SORTS.join(', ')}; with a minus the highest first (default: -date)`,
] as const;

/** What was asked for, checked; `status` as its verb reads it. */
export function filtersOf(options: Options): ReceiptFilters {
  const text = (name: string) => (options[name] === undefined ? undefined : String(options[name]));
  const status = text('status')?.toUpperCase();
  const known = RECEIPT_STATUSES.find((one) => one === status);
  if (status !== undefined && !known)
    throw new SlipstreamError(
      'REQUEST_INVALID',
      `--status ${options.status} is none of ${RECEIPT_STATUSES.join(', ')}; list knows NO_RECEIPT, too.`,
    );
  const sort = RECEIPT_SORTS.find((one) => one === options.sort);
  if (options.sort !== undefined && !sort)
    throw new SlipstreamError('REQUEST_INVALID', `--sort ${options.sort} is none of ${RECEIPT_SORTS.join(', ')}.`);
  const given = {
    merchant: text('merchant'),
    category: text('category'),
    tag: text('tag'),
    from: dayOption('--from', options.from),
    to: dayOption('--to', options.to),
    min: amountOption('--min', options.min),
    max: amountOption('--max', options.max),
    currency: currencyOption(options.currency),
    status: known,
    sort,
    degraded: options.degraded ? (true as const) : undefined,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** The filter as it was given; null for none. */
export function filterText(options: Options): string | null {
  const names = ['status', 'merchant', 'category', 'tag', 'from', 'to', 'min', 'max', 'currency'] as const;
  const flags = names.filter((name) => options[name] !== undefined).map((name) => `--${name} ${options[name]}`);
  const all = options.degraded ? [...flags, '--degraded'] : flags;
  return all.length === 0 ? null : all.join(' ');
}

export function integerOption(flag: string, value: unknown, max: number): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= 1 && number <= max) return number;
  throw new SlipstreamError('REQUEST_INVALID', `${flag} takes a whole number from 1 to ${max}.`);
}

export function dayOption(flag: string, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const day = daySchema.safeParse(value);
  if (day.success && new Date(`${day.data}T00:00:00Z`).toISOString().startsWith(day.data)) return day.data;
  throw new SlipstreamError('REQUEST_INVALID', `${flag} takes a day of the calendar, as 2026-01-31.`);
}

function amountOption(flag: string, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const amount = decimalSchema.safeParse(value);
  if (amount.success) return amount.data;
  throw new SlipstreamError('REQUEST_INVALID', `${flag} takes an amount with a decimal point, as 10.50.`);
}

function currencyOption(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const currency = currencySchema.safeParse(String(value).toUpperCase());
  if (currency.success) return currency.data;
  throw new SlipstreamError('REQUEST_INVALID', '--currency takes three letters, as EUR.');
}
