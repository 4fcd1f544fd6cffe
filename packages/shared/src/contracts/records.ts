import * as z from 'zod';
import { ENGINE_STATES } from './engine-health.ts';
import { storedOwnerSchema } from './owner.ts';
import { instantSchema, receiptIdSchema, sha256Schema, uuidSchema } from './primitives.ts';
import { storedObject } from './stored-object.ts';
import { reasonColumns, storedColumns } from './stored-record.ts';

/** Records of jobs, merchants, the index and the deployment. Each record is at most 8 KB: words, line items and documents are objects. */

export const JOB_STATUSES = ['PENDING', 'RUNNING', 'OCR_DONE', 'COMPLETED', 'FAILED'] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

export const ocrJobRecordSchema = storedObject({
  ...storedColumns,
  ...reasonColumns,
  type: z.literal('OCR_JOB'),
  image_id: uuidSchema,
  /** The image's, so that an agent can tell whether bytes are those of its id. */
  owner_id: storedOwnerSchema,
  job_id: uuidSchema,
  generation: z.int().min(1),
  status: z.enum(JOB_STATUSES),
  s3_bucket: z.string(),
  s3_key: z.string(),
  correlation_id: z.string(),
  /** Number of its claim: see `claimNumberOf`. */
  attempt: z.int().min(0),
  /** Failures so far: see `failureCountOf`. */
  attempts: z.int().min(0),
  /** How often the sweeper sent this state on. */
  sweeps: z.int().min(0),
  owner: z.string().exactOptional(),
  /** Epoch milliseconds: until when the owner's claim holds. */
  expires_at: z.number().exactOptional(),
  /** The published claim's OCR document. */
  document_key: z.string().exactOptional(),
  /** What a person should know about the photograph: codes of `photoHints`. */
  photo_hints: z.array(z.string()).exactOptional(),
  receipt_count: z.int().min(0).exactOptional(),
});

/** That a document was published, until every receipt of it is validated. */
export const routingRecordSchema = storedObject({
  ...storedColumns,
  type: z.literal('OCR_ROUTING_DECISION'),
  image_id: uuidSchema,
  job_id: uuidSchema,
  status: z.enum(['PENDING', 'COMPLETED']),
  sweeps: z.int().min(0),
});

export const compactionRunRecordSchema = storedObject({
  ...storedColumns,
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
  ...storedColumns,
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
  ...storedColumns,
  type: z.literal('MERCHANT_RECEIPT'),
  merchant_id: uuidSchema,
  /** The receipt's: a merchant is shared by all, its receipts are not. */
  owner_id: storedOwnerSchema,
  image_id: uuidSchema,
  receipt_id: receiptIdSchema,
});

export const merchantKeyRecordSchema = storedObject({
  ...storedColumns,
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
  ...storedColumns,
  type: z.literal('PLACE_LOOKUP'),
  place: placeSchema.nullable(),
  /** Epoch milliseconds from which on it has to be asked again. */
  expires_at: z.number(),
  /** Epoch seconds after which the store may forget it. */
  ttl: z.int(),
});

export const snapshotRecordSchema = storedObject({
  ...storedColumns,
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
  ...storedColumns,
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
  ...storedColumns,
  type: z.literal('CONFIG'),
  raw_bucket: z.string().min(1),
  artifacts_bucket: z.string().min(1),
  ocr_job_queue_url: z.string().exactOptional(),
  ocr_results_queue_url: z.string().exactOptional(),
});

/** A running agent, as it said of itself last; `updated_at` is when. */
export const agentRecordSchema = storedObject({
  ...storedColumns,
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
  ...storedColumns,
  type: z.literal('BUDGET'),
  name: z.string().min(1),
  used: z.number().min(0),
  /** Epoch seconds after which the store may forget it. */
  ttl: z.int().exactOptional(),
});

/** How far a round over everything that is stored has come. */
export const sweepPositionRecordSchema = storedObject({
  ...storedColumns,
  type: z.literal('SWEEP'),
  name: z.string().min(1),
  /** Where the next run goes on; null: the round has ended. */
  cursor: z.string().nullable(),
  round_started_at: instantSchema,
  /** What the round has found to do so far, where that decides whether there is another one. */
  found: z.int().min(0).exactOptional(),
});

export type SweepPositionRecord = z.infer<typeof sweepPositionRecordSchema>;
export type OcrJobRecord = z.infer<typeof ocrJobRecordSchema>;
export type RoutingRecord = z.infer<typeof routingRecordSchema>;
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
export type BudgetRecord = z.infer<typeof budgetRecordSchema>;
