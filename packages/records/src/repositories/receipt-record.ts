import type { Receipt, ReceiptRecord } from '@slipstream/shared';
import {
  hasReviewedFields,
  indexKeys,
  isAssigned,
  receiptRecordSchema,
  recordKeys,
  unknownFields,
} from '@slipstream/shared';

/** Longest merchant name that a record keeps; the document has the whole one. */
const NAME_LENGTH_MAX = 200;

/** What the index has to know of a receipt, besides its merchant. */
export type IndexedColumns = Pick<ReceiptRecord, 'phone' | 'address_key' | 'run_id' | 'rows_revision'>;

/** What lists show of a receipt: the record's columns, from the document. */
export function receiptRecord(
  receipt: Receipt,
  origin: {
    readonly owner_id: string;
    readonly job_id: string;
    readonly object_key: string;
    readonly now: string;
    readonly correlation_id: string | undefined;
    readonly revision: number;
    /** NEW without one. */
    readonly status?: ReceiptRecord['status'];
    readonly previous?: ReceiptRecord;
    /** Where its rows are; none: in no index. */
    readonly indexed?: IndexedColumns;
  },
): ReceiptRecord {
  const { image_id, receipt_id } = receipt;
  const reason = receipt.reasons[0];
  return {
    ...(origin.previous ? unknownFields(receiptRecordSchema, origin.previous) : {}),
    ...recordKeys.receipt(image_id, receipt_id),
    ...indexKeys.receipt(receipt.date?.value, image_id, receipt_id),
    type: 'RECEIPT',
    revision: origin.revision,
    image_id,
    receipt_id,
    owner_id: origin.owner_id,
    job_id: origin.job_id,
    ...(origin.previous?.links ? { links: origin.previous.links } : {}),
    ...(origin.correlation_id ? { correlation_id: origin.correlation_id } : {}),
    status: origin.status ?? 'NEW',
    object_key: origin.object_key,
    ...(receipt.merchant.name ? { merchant_name: receipt.merchant.name.value.slice(0, NAME_LENGTH_MAX) } : {}),
    ...(receipt.merchant_match?.merchant_id ? { merchant_id: receipt.merchant_match.merchant_id } : {}),
    ...(receipt.merchant_match ? { match_status: receipt.merchant_match.status } : {}),
    ...(isAssigned(receipt) ? { merchant_assigned: true } : {}),
    ...origin.indexed,
    ...(receipt.date ? { date: receipt.date.value } : {}),
    ...(receipt.total ? { total: receipt.total.value } : {}),
    ...(receipt.currency ? { currency: receipt.currency.value } : {}),
    ...(reason ? { reason_code: reason.code, reason_message: reason.message } : {}),
    confidence: leastSure(receipt),
    checks_ok: receipt.checks.filter((check) => check.ok).length,
    checks_total: receipt.checks.length,
    item_count: receipt.line_items.length,
    ...(hasReviewedFields(receipt) ? { has_reviewed_fields: true } : {}),
    ...engineColumns(receipt),
    created_at: origin.previous?.created_at ?? origin.now,
    updated_at: origin.now,
  };
}

function engineColumns({ engine }: Receipt): Pick<ReceiptRecord, 'engine' | 'engine_level' | 'engine_degraded'> {
  if (!engine) return {};
  return { engine: engine.name, engine_level: engine.level, engine_degraded: engine.degraded };
}

/** A receipt is as sure as the least sure of merchant, date and total; one that lacks any of them is not sure at all. */
export function leastSure(receipt: Pick<Receipt, 'merchant' | 'merchant_match' | 'date' | 'total'>): number {
  const merchant = isAssigned(receipt) ? 1 : (receipt.merchant.name?.confidence ?? 0);
  return Math.min(merchant, ...[receipt.date, receipt.total].map((field) => field?.confidence ?? 0));
}

/** A change that makes no new rows leaves them where they are. */
export function indexedColumns(record: ReceiptRecord): IndexedColumns {
  const { phone, address_key, run_id, rows_revision } = record;
  return {
    ...(phone === undefined ? {} : { phone }),
    ...(address_key === undefined ? {} : { address_key }),
    ...(run_id === undefined ? {} : { run_id }),
    ...(rows_revision === undefined ? {} : { rows_revision }),
  };
}
