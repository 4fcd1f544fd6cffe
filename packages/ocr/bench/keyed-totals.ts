import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

const keySchema = z.union([
  z.object({ total: z.string() }).transform(({ total }) => [total]),
  z
    .object({ Total_value: z.array(z.tuple([z.string(), z.unknown()])).default([]) })
    .transform(({ Total_value }) => Total_value.map(([text]) => text)),
]);

/** Every amount in cents that the total of a SROIE or WildReceipt key can mean; empty where it has none, null without a key. */
export function keyedTotals(file: string): Set<number> | null {
  if (!existsSync(file)) return null;
  const cents = new Set<number>();
  for (const text of keySchema.parse(JSON.parse(readFileSync(file, 'utf8')))) {
    const digits = text
      .replaceAll('O', '0')
      .replace(/[^\d.,]/g, '')
      .replace(/^[.,]+|[.,]+$/g, '');
    const decimal = /^(.*?)[.,](\d{1,2})$/.exec(digits);
    if (decimal !== null)
      cents.add(Number((decimal[1] ?? '').replace(/[.,]/g, '')) * 100 + Number((decimal[2] ?? '').padEnd(2, '0')));
    // `1.234` is a thousand or a fraction, and both count.
    if (digits !== '' && (decimal === null || /^\d{1,3}(?:[.,]\d{3})+$/.test(digits)))
      cents.add(Number(digits.replace(/[.,]/g, '')) * 100);
  }
  return cents;
}
