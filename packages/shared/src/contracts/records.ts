import * as z from 'zod';
import { ENGINE_STATES } from './engine-health.ts';
import {
  currencySchema,
  daySchema,
  decimalSchema,
  instantSchema,
  receiptIdSchema,
  sha256Schema,
  uuidSchema,
} from './primitives.ts';
import { storedObject } from './stored-object.ts';

/**
 * The table's records. Each is at most 8 KB: words, line items and documents are objects, never records.
 * The keys of each stand in `record-keys.ts`; the index follows `status`, in the same write.
 */
const stored = {
  pk: z.string().min(1),
  sk: z.string().min(1),
  gsi1pk: z.string().min(1).exactOptional(),
  gsi1sk: z.string().min(1).exactOptional(),
  revision: z.int().min(1),
  created_at: instantSchema,
  updated_at: instantSchema,
};

const reasonColumns = { reason_code: z.string().exactOptional(), reason_message: z.string().optional() };

export const IMAGE_OUTCOMES = ['RECEIPTS', 'NO_RECEIPT', 'FAILED'] as const;
export type ImageOutcome = (typeof IMAGE_OUTCOMES)[number];

/** One photograph, known by its bytes. What the door refuses has neither type nor pixels. */
export const imageRecordSchema = storedObject({
  ...stored,
  type: z.literal('IMAGE'),
  image_id: uuidSchema,
  s3_bucket: z.string(),
  s3_key: z.string(),
  size: z.int().min(0),
  sha256: sha256Schema.exactOptional(),
  content_type: z.string().exactOptional(),
  width: z.int().exactOptional(),
  height: z.int().exactOptional(),
  orientation: z.int().min(1).max(8).exactOptional(),
  /** Counts its OCR jobs; the newest job's number. */
  generation: z.int().min(1),
  /**
   * Above the revision of every receipt that was removed from it: a receipt that is made again begins above it, or the
   * tombstones of its first life would outweigh its rows.
   */
  receipt_revision_floor: z.int().min(1).exactOptional(),
  /** What came of its newest job, and when; none while that has not ended. */
  outcome: z.enum(IMAGE_OUTCOMES).exactOptional(),
  outcome_at: instantSchema.exactOptional(),
});

/** Who sent an image, and what they call it. The same bytes may be sent by several people. */
export const uploadRecordSchema = storedObject({
  ...stored,
  type: z.literal('UPLOAD'),
  image_id: uuidSchema,
  /** The subject of an identity provider has at most 255 characters (OpenID Connect Core, 2). */
  uploaded_by: z.string().min(1).max(255),
  file_name: z.string().max(255),
  correlation_id: z.string().exactOptional(),
});

/** That a caller has announced an image and may put it; who sent it they become with its bytes. */
export const uploadClaimRecordSchema = uploadRecordSchema.extend({
  type: z.literal('UPLOAD_CLAIM'),
  claim_id: uuidSchema,
  /** Epoch seconds after which the store may forget it. */
  ttl: z.int(),
});

export const JOB_STATUSES = ['PENDING', 'RUNNING', 'OCR_DONE', 'COMPLETED', 'FAILED'] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

export const ocrJobRecordSchema = storedObject({
  ...stored,
  ...reasonColumns,
  type: z.literal('OCR_JOB'),
  image_id: uuidSchema,
  job_id: uuidSchema,
  generation: z.int().min(1),
  status: z.enum(JOB_STATUSES),
  s3_bucket: z.string(),
  s3_key: z.string(),
  correlation_id: z.string(),
  /** Fencing number: raised by every claim; a publication has to name it. */
  attempt: z.int().min(0),
  /** Failures so far; a lost lease is none. */
  attempts: z.int().min(0),
  /** How often the sweeper sent this state on. */
  sweeps: z.int().min(0),
  owner: z.string().exactOptional(),
  /** Epoch milliseconds: until when the owner's claim holds. */
  expires_at: z.number().exactOptional(),
  /** The published attempt's OCR document. */
  document_key: z.string().exactOptional(),
  receipt_count: z.int().min(0).exactOptional(),
});

/** That a document was published, until every receipt of it is validated. */
export const routingRecordSchema = storedObject({
  ...stored,
  type: z.literal('OCR_ROUTING_DECISION'),
  image_id: uuidSchema,
  job_id: uuidSchema,
  status: z.enum(['PENDING', 'COMPLETED']),
  sweeps: z.int().min(0),
});

export const RECEIPT_STATUSES = ['NEW', 'VALID', 'NEEDS_REVIEW', 'REVIEWED'] as const;
export type ReceiptStatus = (typeof RECEIPT_STATUSES)[number];

export const MATCH_STATUSES = ['MATCHED', 'UNSURE', 'NEW'] as const;
export type MatchStatus = (typeof MATCH_STATUSES)[number];

export const receiptRecordSchema = storedObject({
  ...stored,
  ...reasonColumns,
  type: z.literal('RECEIPT'),
  image_id: uuidSchema,
  receipt_id: receiptIdSchema,
  job_id: uuidSchema,
  correlation_id: z.string().exactOptional(),
  status: z.enum(RECEIPT_STATUSES),
  object_key: z.string(),
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
  /** What read it: the engine, its level, and whether it was not well. */
  engine: z.string().exactOptional(),
  engine_level: z.string().exactOptional(),
  engine_degraded: z.boolean().exactOptional(),
});

/** That an image's newest reading was made by an engine that was not well: it is read again when one is. */
export const degradedReadingRecordSchema = storedObject({
  ...stored,
  type: z.literal('DEGRADED_READING'),
  image_id: uuidSchema,
  job_id: uuidSchema,
  engine: z.string(),
  reason_message: z.string(),
  /** How often it was read again for that. */
  rereads: z.int().min(0),
});

/** That a caller may see a receipt, in the order of their list. The RECEIPT record is the truth; this only finds it. */
export const callerReceiptRecordSchema = storedObject({
  ...stored,
  type: z.literal('CALLER_RECEIPT'),
  image_id: uuidSchema,
  receipt_id: receiptIdSchema,
});

/** That a caller's image ended so, in the order of their list. The IMAGE record decides; this only finds it. */
export const callerImageRecordSchema = storedObject({
  ...stored,
  type: z.literal('CALLER_IMAGE'),
  image_id: uuidSchema,
});

/** That a language model is asked about one revision of a receipt: whoever writes it pays, nobody else does. */
export const modelReviewRecordSchema = storedObject({
  ...stored,
  type: z.literal('MODEL_REVIEW'),
  image_id: uuidSchema,
  receipt_id: receiptIdSchema,
  receipt_revision: z.int().min(1),
  /** Epoch milliseconds: until when the answer can still come. */
  expires_at: z.number(),
  /** Epoch seconds after which the store may forget it. */
  ttl: z.int(),
});

export const compactionRunRecordSchema = storedObject({
  ...stored,
  ...reasonColumns,
  type: z.literal('COMPACTION_RUN'),
  image_id: uuidSchema,
  run_id: uuidSchema,
  collection: z.string().min(1),
  status: z.enum(['PENDING', 'MERGED', 'FAILED']),
  delta_key: z.string(),
  /** Of the delta's bytes. */
  delta_sha256: sha256Schema,
  /** Whose rows the delta holds. */
  receipts: z
    .array(storedObject({ receipt_id: receiptIdSchema, revision: z.int().min(1) }))
    .min(1)
    .max(20),
  /** Rows of the delta. */
  rows: z.int().min(0),
  /** Rows that the merge wrote: fewer when a newer run came before, more when rows of an older one had to go. */
  rows_merged: z.int().min(0).exactOptional(),
  correlation_id: z.string().exactOptional(),
  /** How often the sweeper sent it on. */
  sweeps: z.int().min(0),
});

/** Other names that a merchant goes by; more are not told apart by. */
export const MERCHANT_ALIASES_MAX = 12;
/** Longest name that a record keeps. */
export const MERCHANT_NAME_LENGTH_MAX = 200;

/** A company or, where none is printed, a trading name. Its branches are one merchant, with a key for each address. */
export const merchantRecordSchema = storedObject({
  ...stored,
  type: z.literal('MERCHANT'),
  merchant_id: uuidSchema,
  name: z.string().min(1).max(MERCHANT_NAME_LENGTH_MAX),
  /** Names that it had before it was renamed, or that merchants had which were merged into it: receipts still print them. */
  aliases: z.array(z.string().min(1)).max(MERCHANT_ALIASES_MAX).exactOptional(),
  /** It was the same as that one: its keys and receipts are that one's, and it is in no list. */
  merged_into: uuidSchema.exactOptional(),
});

/** That a merchant has a receipt, by its printed date. The RECEIPT record is the truth; this only finds it. */
export const merchantReceiptRecordSchema = storedObject({
  ...stored,
  type: z.literal('MERCHANT_RECEIPT'),
  merchant_id: uuidSchema,
  image_id: uuidSchema,
  receipt_id: receiptIdSchema,
});

export const merchantKeyRecordSchema = storedObject({
  ...stored,
  type: z.literal('MERCHANT_KEY'),
  kind: z.string().min(1),
  value: z.string().min(1),
  merchant_id: uuidSchema,
});

/** The version of a collection that readers open. Only `index init` makes one; only the single writer moves it. */
/** A business as a directory knows it. */
export const placeSchema = storedObject({
  /** The directory's own id. */
  place_id: z.string().min(1),
  name: z.string().min(1),
  address: z.string().nullable(),
  /** E.164, or as the directory has it. */
  phone: z.string().nullable(),
  website: z.string().nullable(),
});

/** What a directory answered, also that it knows nobody: kept for as long as its terms allow. */
export const placeLookupRecordSchema = storedObject({
  ...stored,
  type: z.literal('PLACE_LOOKUP'),
  place: placeSchema.nullable(),
  /** Epoch milliseconds from which on it has to be asked again. */
  expires_at: z.number(),
  /** Epoch seconds after which the store may forget it. */
  ttl: z.int(),
});

export const snapshotRecordSchema = storedObject({
  ...stored,
  type: z.literal('SNAPSHOT'),
  collection: z.string().min(1),
  /** Its table's name in the store: the collection's, until it is rebuilt beside the old one. */
  table: z.string().regex(/^[a-z0-9-]{1,100}$/),
  uri: z.string().min(1),
  version: z.int().min(0),
  /** Living rows. */
  rows: z.int().min(0),
  /** Since it was optimised last: each leaves a fragment that the indexes do not know. */
  merges: z.int().min(0),
  optimised_at: instantSchema,
});

export const writerRecordSchema = storedObject({
  ...stored,
  type: z.literal('WRITER'),
  collection: z.string().min(1),
  owner: z.string().min(1),
  /** Fencing number. */
  fence: z.int().min(1),
  expires_at: z.number(),
  /** A table that is being made and that nothing names yet: the next writer removes it where this one ended early. */
  building: z.string().min(1).exactOptional(),
});

/** What the deploy tells the agent, so that it needs only the table's name. */
export const configRecordSchema = storedObject({
  ...stored,
  type: z.literal('CONFIG'),
  raw_bucket: z.string().min(1),
  artifacts_bucket: z.string().min(1),
  ocr_job_queue_url: z.string().exactOptional(),
  ocr_results_queue_url: z.string().exactOptional(),
});

/** A running agent, as it said of itself last; `updated_at` is when. */
export const agentRecordSchema = storedObject({
  ...stored,
  type: z.literal('AGENT'),
  agent_id: z.string().min(1).max(200),
  host: z.string().min(1),
  pid: z.int().min(1),
  version: z.string(),
  engine: z.string(),
  engine_version: z.string(),
  state: z.string(),
  /** How the engine is, at which level it reads, since when and why; absent in records of older agents. */
  health: z.enum(ENGINE_STATES).exactOptional(),
  health_level: z.string().exactOptional(),
  health_since: instantSchema.exactOptional(),
  health_reason: z.string().exactOptional(),
  in_hand: z.int().min(0),
  done: z.int().min(0),
  failed: z.int().min(0),
  last_image_id: uuidSchema.exactOptional(),
  last_job_at: instantSchema.exactOptional(),
  /** Epoch seconds after which it counts as gone, and the store may forget it. */
  ttl: z.int(),
});

export const budgetRecordSchema = storedObject({
  ...stored,
  type: z.literal('BUDGET'),
  name: z.string().min(1),
  used: z.number().min(0),
  /** Epoch seconds after which the store may forget it. */
  ttl: z.int().exactOptional(),
});

/** How far a round over everything that is stored has come. */
export const sweepPositionRecordSchema = storedObject({
  ...stored,
  type: z.literal('SWEEP'),
  name: z.string().min(1),
  /** Where the next run goes on; null: the round has ended. */
  cursor: z.string().nullable(),
  round_started_at: instantSchema,
  /** What the round has found to do so far, where that decides whether there is another one. */
  found: z.int().min(0).exactOptional(),
});

export type SweepPositionRecord = z.infer<typeof sweepPositionRecordSchema>;
export type ImageRecord = z.infer<typeof imageRecordSchema>;
export type UploadRecord = z.infer<typeof uploadRecordSchema>;
export type UploadClaimRecord = z.infer<typeof uploadClaimRecordSchema>;
export type OcrJobRecord = z.infer<typeof ocrJobRecordSchema>;
export type RoutingRecord = z.infer<typeof routingRecordSchema>;
export type ReceiptRecord = z.infer<typeof receiptRecordSchema>;
export type CallerReceiptRecord = z.infer<typeof callerReceiptRecordSchema>;
export type CallerImageRecord = z.infer<typeof callerImageRecordSchema>;
export type ModelReviewRecord = z.infer<typeof modelReviewRecordSchema>;
export type CompactionRunRecord = z.infer<typeof compactionRunRecordSchema>;
export type MerchantRecord = z.infer<typeof merchantRecordSchema>;
export type MerchantReceiptRecord = z.infer<typeof merchantReceiptRecordSchema>;
export type MerchantKeyRecord = z.infer<typeof merchantKeyRecordSchema>;
export type Place = z.infer<typeof placeSchema>;
export type PlaceLookupRecord = z.infer<typeof placeLookupRecordSchema>;
export type SnapshotRecord = z.infer<typeof snapshotRecordSchema>;
export type WriterRecord = z.infer<typeof writerRecordSchema>;
export type ConfigRecord = z.infer<typeof configRecordSchema>;
export type AgentRecord = z.infer<typeof agentRecordSchema>;
export type DegradedReadingRecord = z.infer<typeof degradedReadingRecordSchema>;
export type BudgetRecord = z.infer<typeof budgetRecordSchema>;
