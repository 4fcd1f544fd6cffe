import * as z from 'zod';
import {
  currencySchema,
  daySchema,
  decimalSchema,
  probabilitySchema,
  receiptIdSchema,
  timeSchema,
  uuidSchema,
} from './primitives.ts';
import { storedObject } from './stored-object.ts';

/** More receipts than this on one image end its job FAILED with that reason. */
export const RECEIPTS_PER_IMAGE_MAX = 20;

/** Unless it is set otherwise: more than one in five readings that are less sure than this is wrong. */
export const REVIEW_BELOW = 0.8;

/** What a value was taken from. */
const FIELD_SOURCES = ['ocr', 'barcode', 'invoice', 'person'] as const;

/** Where a field stands in the OCR document: line index, and word index within the line. */
export const wordReferenceSchema = z.tuple([z.int().min(0), z.int().min(0)]);

/**
 * One leaf of a receipt: `value` normalised, `text` as printed, `confidence` a calibrated probability that the value is
 * right, `words` where it stands. A reviewed field is never overwritten by a machine.
 */
function field<T extends z.ZodType>(value: T) {
  return storedObject({
    value,
    text: z.string(),
    confidence: probabilitySchema,
    words: z.array(wordReferenceSchema),
    reviewed: z.boolean().optional(),
    /** Where the value comes from; absent: read by OCR. */
    source: z.enum(FIELD_SOURCES).optional(),
    /** What a machine read that disagrees with a person's value; a person may take it. */
    proposal: storedObject({
      value,
      text: z.string(),
      confidence: probabilitySchema,
      words: z.array(wordReferenceSchema),
      source: z.enum(FIELD_SOURCES).optional(),
    }).optional(),
  }).nullable();
}

export const textFieldSchema = field(z.string().min(1));
export const dayFieldSchema = field(daySchema);
export const timeFieldSchema = field(timeSchema);
export const currencyFieldSchema = field(currencySchema);
export const decimalFieldSchema = field(decimalSchema);

/** Which category something is filed under, and who says so: a person's word stays whatever the rules say. */
export const filedUnderSchema = storedObject({
  category_id: z.string().min(1).max(100),
  why: z.enum(['person', 'rule', 'none']),
  /** The rule, where one did it. */
  rule_id: uuidSchema.optional(),
});
const TAGS_MAX = 20;

export const lineItemSchema = storedObject({
  description: textFieldSchema,
  quantity: decimalFieldSchema,
  unit_price: decimalFieldSchema,
  /** Signed: a void or a refund is negative. */
  amount: decimalFieldSchema,
  category: filedUnderSchema.optional(),
});

/** A discount's amount is negative: it is added like every other amount. */
export const discountSchema = storedObject({ label: textFieldSchema, amount: decimalFieldSchema });

/** `rate` in per cent as text, "6" or "19.0"; null where none is printed. */
export const taxSchema = storedObject({
  label: textFieldSchema,
  rate: decimalFieldSchema,
  amount: decimalFieldSchema,
});

/** One arithmetic check that the printed figures allow; a check that cannot be made is not listed. */
export const checkSchema = storedObject({
  id: z.string().min(1),
  ok: z.boolean(),
  expected: z.string().nullable(),
  actual: z.string().nullable(),
});

/** Why a person should look: a stable code, and a sentence for them. */
export const reasonSchema = storedObject({ code: z.string().min(1), message: z.string().min(1) });

export const merchantMatchSchema = storedObject({
  status: z.enum(['MATCHED', 'UNSURE', 'NEW']),
  merchant_id: uuidSchema.nullable(),
  name: z.string().nullable(),
  tier: z.string(),
  confidence: probabilitySchema,
  evidence: z.array(z.string()),
  candidates: z.array(storedObject({ merchant_id: uuidSchema, name: z.string(), confidence: probabilitySchema })),
});

export const receiptMerchantSchema = storedObject({
  name: textFieldSchema,
  address: textFieldSchema,
  /** E.164 where the country is known, else the printed digits. */
  phone: textFieldSchema,
  website: textFieldSchema,
  tax_id: textFieldSchema,
});

export const receiptPaymentSchema = storedObject({
  method: textFieldSchema,
  card_last4: textFieldSchema,
  tendered: decimalFieldSchema,
  change: decimalFieldSchema,
});

/** One receipt as read: `receipts/{image_id}/{receipt_id}/{job_id}.json.gz`. */
export const receiptSchema = storedObject({
  schema_version: z.literal(1),
  image_id: uuidSchema,
  receipt_id: receiptIdSchema,
  merchant: receiptMerchantSchema,
  date: dayFieldSchema,
  time: timeFieldSchema,
  currency: currencyFieldSchema,
  receipt_number: textFieldSchema,
  line_items: z.array(lineItemSchema),
  subtotal: decimalFieldSchema,
  discounts: z.array(discountSchema),
  taxes: z.array(taxSchema),
  service_charge: decimalFieldSchema,
  tip: decimalFieldSchema,
  rounding: decimalFieldSchema,
  total: decimalFieldSchema,
  payment: receiptPaymentSchema,
  checks: z.array(checkSchema),
  /** What read it; `degraded`: it was not well, or stood in for a better one. Absent in older documents. */
  engine: storedObject({ name: z.string(), level: z.string(), degraded: z.boolean() }).optional(),
  category: filedUnderSchema.optional(),
  tags: z.array(z.string().min(1).max(50)).max(TAGS_MAX).optional(),
  /** Its file ends before its image does. */
  image_truncated: z.boolean().optional(),
  /** Fields that the paper itself lacks: null there is no oversight, and asks no person. Absent where it lacks none. */
  not_printed: z.array(z.enum(['date', 'line_items'])).optional(),
  /** Fields that a person emptied, and lists whose rows they removed: no machine fills them again. */
  cleared_fields: z.array(z.string().min(1).max(100)).max(50).optional(),
  merchant_match: merchantMatchSchema.nullable(),
  needs_review: z.boolean(),
  reasons: z.array(reasonSchema),
});

export type WordReference = z.infer<typeof wordReferenceSchema>;
export type TextField = z.infer<typeof textFieldSchema>;
export type DayField = z.infer<typeof dayFieldSchema>;
export type TimeField = z.infer<typeof timeFieldSchema>;
export type CurrencyField = z.infer<typeof currencyFieldSchema>;
export type DecimalField = z.infer<typeof decimalFieldSchema>;
export type FiledUnder = z.infer<typeof filedUnderSchema>;
export type LineItem = z.infer<typeof lineItemSchema>;
export type Discount = z.infer<typeof discountSchema>;
export type Tax = z.infer<typeof taxSchema>;
export type Check = z.infer<typeof checkSchema>;
export type Reason = z.infer<typeof reasonSchema>;
export type MerchantMatch = z.infer<typeof merchantMatchSchema>;
export type Receipt = z.infer<typeof receiptSchema>;
