import { z } from 'zod';

const amount = z.string().nullable();
/** Description, quantity, unit price and amount of an item; null where the print does not say. Or its amount alone. */
const itemTruth = z.union([
  z.tuple([z.string().nullable(), z.string().nullable(), z.string().nullable(), z.string().nullable()]),
  z.string(),
]);

/** What a person reads off one receipt of a case; a value that is left out is not judged, null must not be read. */
const receiptTruth = z.looseObject({
  total: amount.optional(),
  subtotal: amount.optional(),
  tip: amount.optional(),
  rounding: amount.optional(),
  service: amount.optional(),
  service_charge: amount.optional(),
  tendered: amount.optional(),
  change: amount.optional(),
  tax: amount.optional(),
  taxes: z.array(z.string()).optional(),
  discounts: z.array(z.string()).optional(),
  date: z.string().nullable().optional(),
  time: z.string().nullable().optional(),
  currency: z.string().nullable().optional(),
  merchant: z.string().nullable().optional(),
  last4: z.string().nullable().optional(),
  items: z.array(itemTruth).optional(),
  not_circular: z.string().optional(),
  /** True: asking a person is as good as reading it right. False: a person may not be asked. */
  needs_review: z.boolean().optional(),
});

export const caseTruthSchema = z.looseObject({ kind: z.string(), receipts: z.array(receiptTruth) });

export type ReceiptTruth = z.infer<typeof receiptTruth>;
