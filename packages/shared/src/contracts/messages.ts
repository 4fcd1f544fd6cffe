import * as z from 'zod';
import { SlipstreamError } from '../errors/slipstream-error.ts';
import { ownerIdSchema } from './owner.ts';
import { receiptIdSchema, uuidSchema } from './primitives.ts';

/** ocr-queue: an image that waits for its OCR. */
export const ocrJobMessageSchema = z.object({
  image_id: uuidSchema,
  job_id: uuidSchema,
  s3_bucket: z.string().min(1).max(255),
  s3_key: z.string().min(1).max(1_024),
});

/** ocr-results-queue: an OCR document that waits to be parsed; the job's record names it. */
export const ocrResultMessageSchema = z.object({ image_id: uuidSchema, job_id: uuidSchema });

/** validate-queue: a receipt of this revision waits to be validated. */
export const validateMessageSchema = z.object({
  image_id: uuidSchema,
  receipt_id: receiptIdSchema,
  revision: z.int().min(1),
});

/** compaction-queue: work for a collection's single writer. */
export const compactionMessageSchema = z.object({
  kind: z.enum(['delta', 'refresh', 'delete']),
  image_id: uuidSchema,
  receipt_id: receiptIdSchema,
  collection: z.string().min(1).max(100),
  revision: z.int().min(1),
  run_id: uuidSchema.optional(),
  delta_key: z.string().max(1_024).optional(),
  /** Its image was deleted: the index is put in order at once, so that no file of it keeps the rows' texts. */
  erase: z.boolean().optional(),
});

/** catalogue-queue: a receipt of this revision waits to be entered into search and sums, or taken out of them. */
export const catalogueMessageSchema = z.object({
  owner_id: ownerIdSchema,
  image_id: uuidSchema,
  receipt_id: receiptIdSchema,
  revision: z.int().min(1),
});

/** catalogue-queue: a merchant of this revision has another name, which its receipts are found by. */
export const catalogueMerchantMessageSchema = z.object({ merchant_id: uuidSchema, revision: z.int().min(1) });

/** What stands in the catalogue-queue. */
export const catalogueQueueMessageSchema = z.union([catalogueMessageSchema, catalogueMerchantMessageSchema]);

/** webhooks-queue: an event that one endpoint waits for. */
export const webhookMessageSchema = z.object({ event_id: uuidSchema, endpoint_id: uuidSchema });

/**
 * uploads-queue: S3's own event notification, of which this is the part that is read. Keys are URL-encoded, with `+`
 * for a space. S3 sends a test event without `Records` when the notification is set up. `uploadNotices` reads it, and
 * the wrappings that it may come in.
 */
export const uploadEventSchema = z.object({
  Event: z.literal('s3:TestEvent').optional(),
  Records: z
    .array(
      z.object({
        eventSource: z.literal('aws:s3'),
        eventName: z.string(),
        eventTime: z.string().optional(),
        s3: z.object({
          bucket: z.object({ name: z.string().min(1) }),
          object: z.object({ key: z.string().min(1), size: z.number().min(0).optional() }),
        }),
      }),
    )
    .max(100)
    .default([]),
});

export type OcrJobMessage = z.infer<typeof ocrJobMessageSchema>;
export type OcrResultMessage = z.infer<typeof ocrResultMessageSchema>;
export type ValidateMessage = z.infer<typeof validateMessageSchema>;
export type CompactionMessage = z.infer<typeof compactionMessageSchema>;
export type CatalogueMessage = z.infer<typeof catalogueMessageSchema>;
export type CatalogueMerchantMessage = z.infer<typeof catalogueMerchantMessageSchema>;
export type WebhookMessage = z.infer<typeof webhookMessageSchema>;
export type UploadEvent = z.infer<typeof uploadEventSchema>;

/**
 * A message's body, checked. Unknown fields are tolerated, wrong types are not: `MESSAGE_INVALID`, which names the
 * field but never repeats the content.
 */
export function parseMessage<T extends z.ZodType>(schema: T, body: string): z.infer<T> {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    // The parser's own message quotes the content, which must reach no log: it is not kept as a cause.
    throw new SlipstreamError('MESSAGE_INVALID', 'The message is not JSON; fix what sends it.');
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join('.') || 'the message';
  throw new SlipstreamError('MESSAGE_INVALID', `The message is not of its schema: ${field}: ${issue?.message}.`, {
    cause: parsed.error,
    details: { field },
  });
}
