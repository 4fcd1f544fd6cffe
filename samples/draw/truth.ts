import { z } from 'zod';

const decimal = z.string().regex(/^-?\d+(\.\d+)?$/);

export const truthItemSchema = z.object({
  description: z.string(),
  quantity: decimal,
  unit_price: decimal.nullable(),
  amount: decimal,
});

/** `amount` is contained in the total where `included`, else added to it. `rate` in per cent. */
export const truthTaxSchema = z.object({ label: z.string(), rate: decimal, amount: decimal, included: z.boolean() });

/** What stands on a sample, as a person reads it: `samples/<name>.json`. Amounts are decimal strings. */
export const truthSchema = z.object({
  schema_version: z.literal(1),
  /** The image beside this file. */
  image: z.string(),
  /** Receipts on the image; where it is 0, everything below is null or empty. */
  receipt_count: z.int().min(0),
  merchant: z
    .object({
      name: z.string(),
      address: z.string(),
      phone: z.string().nullable(),
      tax_id: z.string().nullable(),
    })
    .nullable(),
  /** ISO 8601. */
  date: z.string().nullable(),
  time: z.string().nullable(),
  currency: z.string().nullable(),
  items: z.array(truthItemSchema),
  subtotal: decimal.nullable(),
  taxes: z.array(truthTaxSchema),
  service_charge: decimal.nullable(),
  tip: decimal.nullable(),
  rounding: decimal.nullable(),
  /** As printed, also where it is wrong. */
  total: decimal.nullable(),
  /** Whether the printed figures add up, and what they add up to. */
  checks_expected: z.object({ sum_holds: z.boolean(), sum: decimal.nullable() }),
});

export type Truth = z.infer<typeof truthSchema>;
export type TruthItem = z.infer<typeof truthItemSchema>;
export type TruthTax = z.infer<typeof truthTaxSchema>;
