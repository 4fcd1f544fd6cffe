import { z } from '@hono/zod-openapi';
import {
  currencySchema,
  daySchema,
  decimalSchema,
  IMAGE_OUTCOMES,
  type ImageRecord,
  instantSchema,
  JOB_STATUSES,
  type KnownMerchant,
  MATCH_STATUSES,
  merchantUnsure,
  type OcrJobRecord,
  probabilitySchema,
  RECEIPT_STATUSES,
  type ReceiptRecord,
  receiptIdSchema,
  receiptSchema,
  type StoredRecord,
  type UploadRecord,
  uuidSchema,
  withKnownMerchant,
} from '@slipstream/shared';

import type { FunctionPorts } from '../runtime/function-ports.ts';

/** What the API shows: the records without their keys. The OpenAPI document is made of these. */
export const receiptViewSchema = z
  .object({
    image_id: uuidSchema,
    receipt_id: receiptIdSchema,
    status: z.enum(RECEIPT_STATUSES),
    revision: z.int(),
    merchant_name: z.string().nullable().openapi({
      description: 'As the merchant is known, after renaming and merging; as printed where nobody is known',
    }),
    printed_name: z.string().nullable().openapi({ description: 'As printed' }),
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

/** What came of an image, where its newest job has ended. */
export const imageSummarySchema = z
  .object({
    image_id: uuidSchema,
    file_name: z.string().nullable(),
    status: z.enum(IMAGE_OUTCOMES),
    ended_at: instantSchema,
    created_at: instantSchema,
  })
  .openapi('ImageSummary');

export const imagesPageSchema = z
  .object({ images: z.array(imageSummarySchema), cursor: z.string().nullable() })
  .openapi('Images');

export const imageViewSchema = z
  .object({
    image_id: uuidSchema,
    file_name: z.string().nullable(),
    content_type: z.string().nullable(),
    size: z.int(),
    width: z.int().nullable(),
    height: z.int().nullable(),
    created_at: instantSchema,
    outcome: z.enum(IMAGE_OUTCOMES).nullable().openapi({ description: 'Of its newest job; null until that has ended' }),
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
export type ImageSummary = z.infer<typeof imageSummarySchema>;
export type ImagesPage = z.infer<typeof imagesPageSchema>;
export type ImageView = z.infer<typeof imageViewSchema>;

const reasonOf = (record: StoredRecord) =>
  record.reason_code ? { code: String(record.reason_code), message: String(record.reason_message ?? '') } : null;

/** A receipt as lists show it; `merchant`: whose it is by now. */
export function receiptView(record: ReceiptRecord, merchant: KnownMerchant | null): ReceiptView {
  const printed = record.merchant_name ?? null;
  const reason = reasonOf(record);
  const isUnsure = reason?.code === 'MERCHANT_UNSURE' && merchant !== null && printed !== null;
  return {
    image_id: record.image_id,
    receipt_id: record.receipt_id,
    status: record.status,
    revision: record.revision,
    merchant_name: merchant?.name ?? printed,
    printed_name: printed,
    merchant_id: merchant?.merchant_id ?? record.merchant_id ?? null,
    match_status: record.match_status ?? null,
    date: record.date ?? null,
    total: record.total ?? null,
    currency: record.currency ?? null,
    confidence: record.confidence,
    checks_ok: record.checks_ok,
    checks_total: record.checks_total,
    item_count: record.item_count,
    reason: isUnsure ? { ...reason, message: merchantUnsure({ text: printed }, merchant.name) } : reason,
    created_at: record.created_at,
    updated_at: record.updated_at,
  };
}

/** Receipts as lists show them; each merchant is read once. */
export async function receiptViews(
  { merchants }: Pick<FunctionPorts, 'merchants'>,
  records: readonly ReceiptRecord[],
): Promise<ReceiptView[]> {
  const ids = [...new Set(records.flatMap(({ merchant_id }) => merchant_id ?? []))];
  const known = new Map(await Promise.all(ids.map(async (id) => [id, await merchants.find(id)] as const)));
  return records.map((record) => receiptView(record, known.get(record.merchant_id ?? '') ?? null));
}

/** One receipt whole. */
export async function receiptDetail(
  ports: Pick<FunctionPorts, 'merchants' | 'receipts'>,
  record: ReceiptRecord,
): Promise<z.infer<typeof receiptDetailSchema>> {
  const [merchant, stored] = await Promise.all([
    record.merchant_id === undefined ? null : ports.merchants.find(record.merchant_id),
    ports.receipts.document(record),
  ]);
  const document = withKnownMerchant(stored, record, merchant);
  const view = receiptView(record, merchant);
  const [first] = document.reasons;
  const named = merchant && { merchant_id: merchant.merchant_id, name: merchant.name };
  // The document knows how sure it is of the name; the record does not.
  return {
    ...view,
    reason: first?.code === view.reason?.code ? (first ?? null) : view.reason,
    merchant: named,
    document,
  };
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
  receipts: readonly ReceiptView[],
): ImageView {
  return {
    image_id: image.image_id,
    file_name: upload?.file_name ?? null,
    content_type: image.content_type ?? null,
    size: image.size,
    width: image.width ?? null,
    height: image.height ?? null,
    created_at: image.created_at,
    outcome: image.outcome ?? null,
    job: jobView(job),
    receipts: [...receipts],
  };
}
