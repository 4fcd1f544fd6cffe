import { z } from 'zod';
import {
  currency_schema,
  day_schema,
  decimal_schema,
  probability_schema,
  receipt_id_schema,
  time_schema,
  uuid_schema,
} from './primitives.ts';

/** More receipts than this on one image end its job FAILED with that reason. */
export const RECEIPTS_PER_IMAGE_MAX = 20;

/** Where a field stands in the OCR document: line index, and word index within the line. */
export const word_reference_schema = z.tuple([z.int().min(0), z.int().min(0)]);

/**
 * One leaf of a receipt: `value` normalised, `text` as printed, `confidence` a calibrated probability that the value is
 * right, `words` where it stands. A reviewed field is never overwritten by a machine.
 */
function field<T extends z.ZodType>(value: T) {
  return z
    .object({
      value,
      text: z.string(),
      confidence: probability_schema,
      words: z.array(word_reference_schema),
      reviewed: z.boolean().optional(),
    })
    .nullable();
}

export const text_field_schema = field(z.string().min(1));
export const day_field_schema = field(day_schema);
export const time_field_schema = field(time_schema);
export const currency_field_schema = field(currency_schema);
export const decimal_field_schema = field(decimal_schema);

export const line_item_schema = z.object({
  description: text_field_schema,
  quantity: decimal_field_schema,
  unit_price: decimal_field_schema,
  /** Signed: a void or a refund is negative. */
  amount: decimal_field_schema,
});

/** A discount's amount is negative: it is added like every other amount. */
export const discount_schema = z.object({ label: text_field_schema, amount: decimal_field_schema });

/** `rate` in per cent as text, "6" or "19.0"; null where none is printed. */
export const tax_schema = z.object({
  label: text_field_schema,
  rate: decimal_field_schema,
  amount: decimal_field_schema,
});

/** One arithmetic check that the printed figures allow; a check that cannot be made is not listed. */
export const check_schema = z.object({
  id: z.string().min(1),
  ok: z.boolean(),
  expected: z.string().nullable(),
  actual: z.string().nullable(),
});

/** Why a person should look: a stable code, and a sentence for them. */
export const reason_schema = z.object({ code: z.string().min(1), message: z.string().min(1) });

export const merchant_match_schema = z.object({
  status: z.enum(['MATCHED', 'UNSURE', 'NEW']),
  merchant_id: uuid_schema.nullable(),
  name: z.string().nullable(),
  tier: z.string(),
  confidence: probability_schema,
  evidence: z.array(z.string()),
  candidates: z.array(z.object({ merchant_id: uuid_schema, name: z.string(), confidence: probability_schema })),
});

/** One receipt as read: `receipts/{image_id}/{receipt_id}/{job_id}.json.gz`. */
export const receipt_schema = z.object({
  schema_version: z.literal(1),
  image_id: uuid_schema,
  receipt_id: receipt_id_schema,
  merchant: z.object({
    name: text_field_schema,
    address: text_field_schema,
    /** E.164 where the country is known, else the printed digits. */
    phone: text_field_schema,
    website: text_field_schema,
    tax_id: text_field_schema,
  }),
  date: day_field_schema,
  time: time_field_schema,
  currency: currency_field_schema,
  receipt_number: text_field_schema,
  line_items: z.array(line_item_schema),
  subtotal: decimal_field_schema,
  discounts: z.array(discount_schema),
  taxes: z.array(tax_schema),
  service_charge: decimal_field_schema,
  tip: decimal_field_schema,
  rounding: decimal_field_schema,
  total: decimal_field_schema,
  payment: z.object({
    method: text_field_schema,
    card_last4: text_field_schema,
    tendered: decimal_field_schema,
    change: decimal_field_schema,
  }),
  checks: z.array(check_schema),
  merchant_match: merchant_match_schema.nullable(),
  needs_review: z.boolean(),
  reasons: z.array(reason_schema),
});

export type WordReference = z.infer<typeof word_reference_schema>;
export type TextField = z.infer<typeof text_field_schema>;
export type DayField = z.infer<typeof day_field_schema>;
export type TimeField = z.infer<typeof time_field_schema>;
export type CurrencyField = z.infer<typeof currency_field_schema>;
export type DecimalField = z.infer<typeof decimal_field_schema>;
export type LineItem = z.infer<typeof line_item_schema>;
export type Discount = z.infer<typeof discount_schema>;
export type Tax = z.infer<typeof tax_schema>;
export type Check = z.infer<typeof check_schema>;
export type Reason = z.infer<typeof reason_schema>;
export type MerchantMatch = z.infer<typeof merchant_match_schema>;
export type Receipt = z.infer<typeof receipt_schema>;
