import type { z } from '@hono/zod-openapi';
import {
  type ImageView,
  type JobView,
  type ReceiptView,
  type receiptDetailSchema,
  receiptViewSchema,
} from '@slipstream/api-contract';

import type { FunctionPorts } from '@slipstream/pipeline';
import type { ImageRecord, OcrJobRecord, ReceiptRecord, StoredRecord, UploadRecord } from '@slipstream/shared';

const reasonOf = (record: StoredRecord) =>
  record.reason_code ? { code: String(record.reason_code), message: String(record.reason_message ?? '') } : null;

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
