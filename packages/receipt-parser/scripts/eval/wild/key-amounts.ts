/** Every amount in cents that a printed text can mean: `1.234` is a thousand or a fraction, and both count. */
export function keyAmounts(text: string): Set<number> {
  const tight = text.replaceAll('O', '0').replace(/[^\d.,-]/g, '');
  const digits = tight.replaceAll('-', '').replace(/^[.,]+|[.,]+$/g, '');
  const cents = new Set<number>();
  if (!/\d/.test(digits)) return cents;
  const decimal = /^(.*?)[.,](\d{1,2})$/.exec(digits);
  if (decimal !== null) {
    const whole = Number((decimal[1] ?? '').replace(/[.,]/g, ''));
    cents.add(whole * 100 + Number((decimal[2] ?? '').padEnd(2, '0')));
  }
  if (decimal === null || /^\d{1,3}(?:[.,]\d{3})+$/.test(digits)) cents.add(Number(digits.replace(/[.,]/g, '')) * 100);
  // A minus may be a dash before the figure: either sign is right.
  if (tight.includes('-')) for (const value of [...cents]) cents.add(-value);
  return cents;
}

/** A receipt's decimal text in cents. */
export function centsOf(value: string): number {
  return Math.round(Number(value) * 100);
}
