/** A total as a person reads it here: by the browser's locale, never rounded; null where there is none. */
export function amountOf({
  total,
  currency,
}: {
  readonly total: string | null;
  readonly currency: string | null;
}): string | null {
  if (total === null) return null;
  return `${decimalOf(total)}${currency === null ? '' : ` ${currency}`}`;
}

/** The figure with the locale's marks and exactly the decimals that it has. */
export function decimalOf(value: string): string {
  const digits = /\.(\d+)$/.exec(value)?.[1]?.length ?? 0;
  const format = new Intl.NumberFormat(undefined, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  // A string, not a number: no digit is lost on the way (Intl.NumberFormat v3).
  return format.format(value as unknown as number);
}

export function dayOf(day: string): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );
}
