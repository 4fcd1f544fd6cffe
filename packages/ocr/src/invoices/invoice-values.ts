/** A decimal as it is stored: no sign of plus, no leading and no needless trailing zeros beyond two places; null for none. */
export function decimalOf(text: string | null): string | null {
  const match = /^([+-]?)0*(\d{1,15}?)(?:\.(\d+))?$/.exec(text ?? '');
  if (match === null) return null;
  const [, sign, whole = '0', fraction = ''] = match;
  const kept = fraction.slice(0, 6).replace(/0+$/, '').padEnd(Math.min(2, fraction.length), '0');
  const digits = `${whole === '' ? '0' : whole}${kept === '' ? '' : `.${kept}`}`;
  return sign === '-' && /[1-9]/.test(digits) ? `-${digits}` : digits;
}

/** A count or a measure: `2.0000` is 2. */
export function quantityOf(text: string | null): string | null {
  const quantity = decimalOf(text);
  return quantity?.includes('.') ? quantity.replace(/\.?0+$/, '') : quantity;
}

/** The same amount with the other sign. */
export function negated(amount: string | null): string | null {
  if (amount === null || !/[1-9]/.test(amount)) return amount;
  return amount.startsWith('-') ? amount.slice(1) : `-${amount}`;
}

/** `2026-01-31`, of itself, with a time zone, or as UN/CEFACT's format 102 writes it: 20260131. */
export function dayOf(text: string | null): string | null {
  const match = /^(\d{4})-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])/.exec(text ?? '');
  return match === null ? null : `${match[1]}-${match[2]}-${match[3]}`;
}

export function currencyOf(text: string | null): string | null {
  return text !== null && /^[A-Z]{3}$/.test(text) ? text : null;
}

/** The parts that are there, one after the other. */
export function joined(parts: readonly (string | null)[], between = ', '): string | null {
  const present = parts.filter((part) => part !== null);
  return present.length === 0 ? null : present.join(between);
}
