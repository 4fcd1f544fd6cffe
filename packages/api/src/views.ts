import type { z } from '@hono/zod-openapi';
import type { ChangeView, ImageView, JobView, ReceiptView, receiptDetailSchema } from '@slipstream/api-contract';
import {
  type ChangeRecord,
  failureCountOf,
  type ImageRecord,
  type KnownMerchant,
  merchantUnsure,
  type OcrJobRecord,
  photoHints,
  type ReceiptRecord,
  type StoredRecord,
  type UploadRecord,
  withKnownMerchant,
} from '@slipstream/shared';
import type { ApiPorts } from './api-ports.ts';

const reasonOf = (record: StoredRecord) =>
  record.reason_code ? { code: String(record.reason_code), message: String(record.reason_message ?? '') } : null;

const engineOf = ({ engine, engine_level, engine_degraded }: ReceiptRecord) =>
  engine ? { name: String(engine), level: String(engine_level ?? ''), degraded: engine_degraded === true } : null;

/** A receipt as lists show it; `merchant`: whose it is by now. */
export function receiptView(
  record: ReceiptRecord,
  merchant: KnownMerchant | null,
  file_name: string | null,
): ReceiptView {
  const printed = record.merchant_name ?? null;
  const reason = reasonOf(record);
  const isUnsure = reason?.code === 'MERCHANT_UNSURE' && merchant !== null && printed !== null;
  return {
    image_id: record.image_id,
    receipt_id: record.receipt_id,
    file_name,
    status: record.status,
    revision: record.revision,
    merchant_name: merchant?.name ?? printed,
    printed_name: printed,
    merchant_id: merchant?.merchant_id ?? record.merchant_id ?? null,
    // Merged, and its record not moved yet.
    match_status: merchant && merchant.merchant_id !== record.merchant_id ? 'MATCHED' : (record.match_status ?? null),
    date: record.date ?? null,
    total: record.total ?? null,
    currency: record.currency ?? null,
    confidence: record.confidence,
    checks_ok: record.checks_ok,
    checks_total: record.checks_total,
    item_count: record.item_count,
    engine: engineOf(record),
    reason: isUnsure ? { ...reason, message: merchantUnsure({ text: printed }, merchant.name) } : reason,
    created_at: record.created_at,
    updated_at: record.updated_at,
  };
}

/** Receipts as lists show them to a caller; each merchant and each upload is read once. */
export async function receiptViews(
  { merchants, uploads }: Pick<ApiPorts, 'merchants' | 'uploads'>,
  records: readonly ReceiptRecord[],
  caller: string,
): Promise<ReceiptView[]> {
  const merchantOf = await readOnce(
    records.flatMap(({ merchant_id }) => merchant_id ?? []),
    (id) => merchants.find(id),
  );
  const uploadOf = await readOnce(
    records.map(({ image_id }) => image_id),
    (id) => uploads.get(id, caller),
  );
  return records.map((record) => {
    const merchant = merchantOf.get(record.merchant_id ?? '') ?? null;
    return receiptView(record, merchant, uploadOf.get(record.image_id)?.file_name ?? null);
  });
}

async function readOnce<T>(ids: readonly string[], read: (id: string) => Promise<T>): Promise<ReadonlyMap<string, T>> {
  return new Map(await Promise.all([...new Set(ids)].map(async (id) => [id, await read(id)] as const)));
}

/** One receipt whole. */
export async function receiptDetail(
  ports: Pick<ApiPorts, 'merchants' | 'receipts' | 'uploads'>,
  record: ReceiptRecord,
  caller: string,
): Promise<z.infer<typeof receiptDetailSchema>> {
  const [upload, merchant, stored] = await Promise.all([
    ports.uploads.get(record.image_id, caller),
    record.merchant_id === undefined ? null : ports.merchants.find(record.merchant_id),
    ports.receipts.document(record),
  ]);
  const document = withKnownMerchant(stored, record, merchant);
  const view = receiptView(record, merchant, upload?.file_name ?? null);
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

/** One entry of a receipt's history. */
export function changeView(change: ChangeRecord): ChangeView {
  const { receipt_revision, changed_by, source, created_at, changes } = change;
  return {
    revision: receipt_revision,
    changed_by,
    source,
    changed_at: created_at,
    changes: changes.map(({ field, before, after }) => ({ field, before, after })),
  };
}

export function jobView(job: OcrJobRecord): JobView {
  const { job_id, status, generation, created_at, updated_at } = job;
  return {
    job_id,
    status,
    generation,
    attempts: failureCountOf(job),
    receipt_count: job.receipt_count ?? null,
    reason: reasonOf(job),
    photo_hints: photoHints(job.photo_hints ?? []),
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
