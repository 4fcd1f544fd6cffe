import * as z from 'zod';
import { storedOwnerSchema } from './owner.ts';
import { currencySchema, daySchema, decimalSchema, receiptIdSchema, uuidSchema } from './primitives.ts';
import { storedObject } from './stored-object.ts';
import { reasonColumns, storedColumns } from './stored-record.ts';

export const RECEIPT_STATUSES = ['NEW', 'VALID', 'NEEDS_REVIEW', 'REVIEWED'] as const;
export type ReceiptStatus = (typeof RECEIPT_STATUSES)[number];

export const MATCH_STATUSES = ['MATCHED', 'UNSURE', 'NEW'] as const;
export type MatchStatus = (typeof MATCH_STATUSES)[number];

/** What else a receipt belongs to, in another system: a bank's transaction, say. */
export const receiptLinkSchema = storedObject({ kind: z.string().min(1).max(50), id: z.string().min(1).max(255) });
export const RECEIPT_LINKS_MAX = 10;

export const receiptRecordSchema = storedObject({
  ...storedColumns,
  ...reasonColumns,
  type: z.literal('RECEIPT'),
  image_id: uuidSchema,
  receipt_id: receiptIdSchema,
  owner_id: storedOwnerSchema,
  job_id: uuidSchema,
  correlation_id: z.string().exactOptional(),
  status: z.enum(RECEIPT_STATUSES),
  object_key: z.string(),
  links: z.array(receiptLinkSchema).max(RECEIPT_LINKS_MAX).exactOptional(),
  merchant_name: z.string().exactOptional(),
  merchant_id: uuidSchema.exactOptional(),
  /** How the merchant was found; UNSURE has none, and a person decides. */
  match_status: z.enum(MATCH_STATUSES).exactOptional(),
  /** A person said whose it is. */
  merchant_assigned: z.boolean().exactOptional(),
  /** As the index has it: E.164 or printed digits. */
  phone: z.string().max(100).exactOptional(),
  /** As the index has it: normalised. */
  address_key: z.string().max(300).exactOptional(),
  /** Whose deltas hold its rows, one a collection; without one it is in no index. */
  run_id: uuidSchema.exactOptional(),
  /** Its own when that run was written: rows in the index of this or a higher one are that run's. */
  rows_revision: z.int().min(1).exactOptional(),
  date: daySchema.exactOptional(),
  total: decimalSchema.exactOptional(),
  currency: currencySchema.exactOptional(),
  /** The least sure of merchant, date and total. */
  confidence: z.number().min(0).max(1),
  checks_ok: z.int().min(0),
  checks_total: z.int().min(0),
  item_count: z.int().min(0),
  /** A person set, cleared or confirmed something of it: it stays when a new reading lacks it. */
  has_reviewed_fields: z.boolean().exactOptional(),
  /** What read it: the engine, its level, and whether it was not well. */
  engine: z.string().exactOptional(),
  engine_level: z.string().exactOptional(),
  engine_degraded: z.boolean().exactOptional(),
});

/** That a caller may see a receipt, in the order of their list. The RECEIPT record is the truth; this only finds it. */
export const callerReceiptRecordSchema = storedObject({
  ...storedColumns,
  type: z.literal('CALLER_RECEIPT'),
  image_id: uuidSchema,
  receipt_id: receiptIdSchema,
  owner_id: storedOwnerSchema,
});

/** That a language model is asked about one revision of a receipt: whoever writes it pays, nobody else does. */
export const modelReviewRecordSchema = storedObject({
  ...storedColumns,
  type: z.literal('MODEL_REVIEW'),
  image_id: uuidSchema,
  receipt_id: receiptIdSchema,
  receipt_revision: z.int().min(1),
  /** Epoch milliseconds: until when the answer can still come. */
  expires_at: z.number(),
  /** Epoch seconds after which the store may forget it. */
  ttl: z.int(),
});

/** Where a change was made from. */
export const CHANGE_SOURCES = ['page', 'cli', 'api', 'import', 'rule', 'model'] as const;
/** A receipt of 1,200 rows that is sorted is one change of its list, not 1,200. */
export const CHANGES_PER_RECORD_MAX = 50;
const CHANGED_TEXT_LENGTH_MAX = 500;

/** A leaf's value, or the values of a row by its leaves' names; null: there was or is none. */
const changedValueSchema = z.union([z.string().max(CHANGED_TEXT_LENGTH_MAX), storedObject({})]).nullable();

/** Who changed what of a receipt, when, and from where. Append only. */
export const changeRecordSchema = storedObject({
  ...storedColumns,
  type: z.literal('CHANGE'),
  image_id: uuidSchema,
  receipt_id: receiptIdSchema,
  owner_id: storedOwnerSchema,
  /** That the RECEIPT record had after it. */
  receipt_revision: z.int().min(1),
  /** The caller; a rule's id where a rule did it. */
  changed_by: z.string().min(1).max(255),
  source: z.enum(CHANGE_SOURCES),
  changes: z
    .array(storedObject({ field: z.string().min(1).max(100), before: changedValueSchema, after: changedValueSchema }))
    .min(1)
    .max(CHANGES_PER_RECORD_MAX),
});

export type ReceiptLink = z.infer<typeof receiptLinkSchema>;
export type ReceiptRecord = z.infer<typeof receiptRecordSchema>;
export type CallerReceiptRecord = z.infer<typeof callerReceiptRecordSchema>;
export type ModelReviewRecord = z.infer<typeof modelReviewRecordSchema>;
export type ChangeRecord = z.infer<typeof changeRecordSchema>;
