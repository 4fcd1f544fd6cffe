import * as z from 'zod';
import { ownerIdSchema, storedOwnerSchema } from './owner.ts';
import { daySchema, instantSchema, receiptIdSchema, sha256Schema, uuidSchema } from './primitives.ts';
import { RECEIPTS_PER_IMAGE_MAX } from './receipt.ts';
import { storedObject } from './stored-object.ts';
import { storedColumns } from './stored-record.ts';

/** NONE: a receipt was entered by hand, and there is no picture to read. */
export const IMAGE_OUTCOMES = ['RECEIPTS', 'NO_RECEIPT', 'FAILED', 'NONE'] as const;
export type ImageOutcome = (typeof IMAGE_OUTCOMES)[number];

export const ORIGIN_KINDS = ['upload', 'folder', 'mail', 'import', 'manual'] as const;
export const originKindSchema = z.enum(ORIGIN_KINDS);

/** How an image came in. */
export const imageOriginSchema = storedObject({
  kind: originKindSchema,
  /** What its sender calls it: a file's name, a mail's subject. */
  name: z.string().max(255),
  /** Of the mail that it came with. */
  message_id: z.string().max(998).exactOptional(),
  received_at: instantSchema,
});

/**
 * Which lines of the OCR document are one receipt, where a person split what was read as one or joined what was read as
 * two. `lines`: half-open ranges `[from, to)`.
 */
export const arrangedReceiptSchema = storedObject({
  receipt_id: receiptIdSchema,
  lines: z
    .array(z.tuple([z.int().min(0), z.int().min(0)]))
    .min(1)
    .max(100),
});

/** One photograph, known by its bytes. What the door refuses has neither type nor pixels. */
export const imageRecordSchema = storedObject({
  ...storedColumns,
  type: z.literal('IMAGE'),
  image_id: uuidSchema,
  owner_id: storedOwnerSchema,
  /** `manual`: without a picture, its receipt was entered by hand; then it has no object. Absent: a photograph. */
  kind: z.enum(['photograph', 'manual']).exactOptional(),
  /** How it came in; absent in records of earlier releases. */
  origin: imageOriginSchema.exactOptional(),
  /** Empty where there is no picture. */
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
  /** The highest receipt id that it ever had; the next receipt takes a higher one. */
  receipt_id_max: receiptIdSchema.exactOptional(),
  /** Receipts as a person arranged them; absent: as they were read. */
  arrangement: z.array(arrangedReceiptSchema).max(RECEIPTS_PER_IMAGE_MAX).exactOptional(),
  /** What came of its newest job, and when; none while that has not ended. */
  outcome: z.enum(IMAGE_OUTCOMES).exactOptional(),
  outcome_at: instantSchema.exactOptional(),
  /** Its owner deleted it, and what was made of it is being removed: until that is done nobody brings it back. */
  deleting_at: instantSchema.exactOptional(),
  /** A tombstone: nothing is left of it but this, which keeps what comes late from bringing it back. */
  deleted_at: instantSchema.exactOptional(),
  /** Epoch seconds after which the store may forget a tombstone. */
  ttl: z.int().exactOptional(),
});

export const DELETION_STAGES = ['MARKED', 'PURGED'] as const;

/**
 * That an image was deleted, until all of it is gone. MARKED: nobody works on it any more, and what is stored of it is
 * being removed. PURGED: removed; at `due_at` it is looked for once more, for what an agent that held it wrote late.
 */
export const deletionRecordSchema = storedObject({
  ...storedColumns,
  type: z.literal('DELETION'),
  image_id: uuidSchema,
  owner_id: storedOwnerSchema,
  /** The newest that it had: jobs up to it are of the life that ended. */
  generation: z.int().min(1),
  requested_by: z.string().min(1).max(255),
  status: z.enum(DELETION_STAGES),
  /** Not looked at before. */
  due_at: instantSchema,
  /** Where its own link is in its sender's list. */
  outcome: z.enum(IMAGE_OUTCOMES).exactOptional(),
  outcome_at: instantSchema.exactOptional(),
  /** Epoch milliseconds until which an agent has it in hand. */
  held_until: z.number().exactOptional(),
  /** Receipts that were removed, and what their links are found by. */
  receipts: z
    .array(
      storedObject({
        receipt_id: receiptIdSchema,
        date: daySchema.exactOptional(),
        merchant_id: uuidSchema.exactOptional(),
      }),
    )
    .max(RECEIPTS_PER_IMAGE_MAX * 2),
  /** Collections of the merchant index that had rows of it. */
  collections: z.array(z.string().min(1)).max(10),
});

/** Who sent an image, and what they call it. Several callers of one owner may send the same bytes. */
export const uploadRecordSchema = storedObject({
  ...storedColumns,
  type: z.literal('UPLOAD'),
  image_id: uuidSchema,
  owner_id: storedOwnerSchema,
  /** The subject of an identity provider has at most 255 characters (OpenID Connect Core, 2). */
  uploaded_by: ownerIdSchema,
  file_name: z.string().max(255),
  origin_kind: originKindSchema.exactOptional(),
  correlation_id: z.string().exactOptional(),
});

/** That a caller has announced an image and may put it; who sent it they become with its bytes. */
export const uploadClaimRecordSchema = uploadRecordSchema.extend({
  type: z.literal('UPLOAD_CLAIM'),
  claim_id: uuidSchema,
  /** Epoch seconds after which the store may forget it. */
  ttl: z.int(),
});

/** That an image's newest reading was made by an engine that was not well: it is read again when one is. */
export const degradedReadingRecordSchema = storedObject({
  ...storedColumns,
  type: z.literal('DEGRADED_READING'),
  image_id: uuidSchema,
  job_id: uuidSchema,
  engine: z.string(),
  reason_message: z.string(),
  /** How often it was read again for that. */
  rereads: z.int().min(0),
});

/** That a caller's image ended so, in the order of their list. The IMAGE record decides; this only finds it. */
export const callerImageRecordSchema = storedObject({
  ...storedColumns,
  type: z.literal('CALLER_IMAGE'),
  image_id: uuidSchema,
  owner_id: storedOwnerSchema,
});

export type ImageOrigin = z.infer<typeof imageOriginSchema>;
export type ImageRecord = z.infer<typeof imageRecordSchema>;
export type DeletionRecord = z.infer<typeof deletionRecordSchema>;
export type UploadRecord = z.infer<typeof uploadRecordSchema>;
export type UploadClaimRecord = z.infer<typeof uploadClaimRecordSchema>;
export type DegradedReadingRecord = z.infer<typeof degradedReadingRecordSchema>;
export type CallerImageRecord = z.infer<typeof callerImageRecordSchema>;
