import { z } from '@hono/zod-openapi';
import {
  currencySchema,
  daySchema,
  decimalSchema,
  type ImageRecord,
  instantSchema,
  JOB_STATUSES,
  MATCH_STATUSES,
  type OcrJobRecord,
  probabilitySchema,
  RECEIPT_STATUSES,
  type ReceiptRecord,
  receiptIdSchema,
  receiptSchema,
  type StoredRecord,
  type UploadRecord,
  uuidSchema,
} from '@slipstream/shared';

import type { FunctionPorts } from '../runtime/function-ports.ts';

/** What the API shows: the records without their keys. The OpenAPI document is made of these. */
export const receiptViewSchema = z
  .object({
    image_id: uuidSchema,
    receipt_id: receiptIdSchema,
    status: z.enum(RECEIPT_STATUSES),
    revision: z.int(),
    merchant_name: z.string().nullable().openapi({ description: 'As printed' }),
    merchant_id: uuidSchema.nullable(),
    match_status: z.enum(MATCH_STATUSES).nullable().openapi({
      description: 'UNSURE: somebody has to say whose it is; null for receipts read before merchants were known',
    }),
    date: daySchema.nullable(),
    total: decimalSchema.nullable(),
    currency: currencySchema.nullable(),
    confidence: probabilitySchema,
    checks_ok: z.int(),
    checks_total: z.int(),
    item_count: z.int(),
    engine: z
      .object({ name: z.string(), level: z.string(), degraded: z.boolean() })
      .nullable()
      .openapi({ description: 'What read it; degraded: it was not well, and reads the image again when it is' }),
    reason: z.object({ code: z.string(), message: z.string() }).nullable(),
    created_at: instantSchema,
    updated_at: instantSchema,
  })
  .openapi('ReceiptSummary');

export const receiptDetailSchema = receiptViewSchema
  .extend({
    merchant: z
      .object({ merchant_id: uuidSchema, name: z.string() })
      .nullable()
      .openapi({ description: 'Whose it is by now, after renaming and merging' }),
    document: receiptSchema,
  })
  .openapi('ReceiptDetail');

export const jobViewSchema = z
  .object({
    job_id: uuidSchema,
    status: z.enum(JOB_STATUSES),
    generation: z.int(),
    attempts: z.int(),
    receipt_count: z.int().nullable(),
    reason: z.object({ code: z.string(), message: z.string() }).nullable(),
    created_at: instantSchema,
    updated_at: instantSchema,
  })
  .openapi('Job');

export const imageViewSchema = z
  .object({
    image_id: uuidSchema,
    file_name: z.string().nullable(),
    content_type: z.string().nullable(),
    size: z.int(),
    width: z.int().nullable(),
    height: z.int().nullable(),
    created_at: instantSchema,
    job: jobViewSchema,
    receipts: z.array(receiptViewSchema),
  })
  .openapi('Image');

export const failuresPageSchema = z
  .object({
    failures: z.array(
      z.object({
        image_id: uuidSchema,
        file_name: z.string().nullable(),
        reason: z.object({ code: z.string(), message: z.string() }),
        failed_at: instantSchema,
      }),
    ),
    cursor: z.string().nullable(),
  })
  .openapi('Failures');

export const presignedPutSchema = z
  .object({ method: z.literal('PUT'), url: z.string(), headers: z.record(z.string(), z.string()) })
  .openapi('PresignedPut');

export type ReceiptView = z.infer<typeof receiptViewSchema>;
export type JobView = z.infer<typeof jobViewSchema>;
export type ImageView = z.infer<typeof imageViewSchema>;

const reasonOf = (record: StoredRecord) =>
  record.reason_code ? { code: String(record.reason_code), message: String(record.reason_message ?? '') } : null;

const engineOf = ({ engine, engine_level, engine_degraded }: ReceiptRecord | StoredRecord) =>
  engine ? { name: String(engine), level: String(engine_level ?? ''), degraded: engine_degraded === true } : null;

/** From a record or from the index's part of it: both hold all of this. */
export function receiptView(record: ReceiptRecord | StoredRecord): ReceiptView {
  return receiptViewSchema.parse({
    image_id: record.image_id,
    receipt_id: record.receipt_id,
    status: record.status,
    revision: record.revision,
    merchant_name: record.merchant_name ?? null,
    merchant_id: record.merchant_id ?? null,
    match_status: record.match_status ?? null,
    date: record.date ?? null,
    total: record.total ?? null,
    currency: record.currency ?? null,
    confidence: record.confidence,
    checks_ok: record.checks_ok,
    checks_total: record.checks_total,
    item_count: record.item_count,
    engine: engineOf(record),
    reason: reasonOf(record),
    created_at: record.created_at,
    updated_at: record.updated_at,
  });
}

/** One receipt whole. */
export async function receiptDetail(
  ports: Pick<FunctionPorts, 'merchants' | 'receipts'>,
  record: ReceiptRecord,
): Promise<z.infer<typeof receiptDetailSchema>> {
  const [merchant, document] = await Promise.all([
    record.merchant_id === undefined ? null : ports.merchants.find(record.merchant_id),
    ports.receipts.document(record),
  ]);
  const named = merchant && { merchant_id: merchant.merchant_id, name: merchant.name };
  return { ...receiptView(record), merchant: named, document };
}

export function jobView(job: OcrJobRecord): JobView {
  const { job_id, status, generation, attempts, created_at, updated_at } = job;
  return {
    job_id,
    status,
    generation,
    attempts,
    receipt_count: job.receipt_count ?? null,
    reason: reasonOf(job),
    created_at,
    updated_at,
  };
}

export function imageView(
  image: ImageRecord,
  upload: UploadRecord | null,
  job: OcrJobRecord,
  receipts: readonly ReceiptRecord[],
): ImageView {
  return {
    image_id: image.image_id,
    file_name: upload?.file_name ?? null,
    content_type: image.content_type ?? null,
    size: image.size,
    width: image.width ?? null,
    height: image.height ?? null,
    created_at: image.created_at,
    job: jobView(job),
    receipts: receipts.map(receiptView),
  };
}
