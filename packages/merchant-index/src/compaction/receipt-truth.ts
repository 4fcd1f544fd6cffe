import type { ReceiptRecord } from '@slipstream/shared';
import type { ReceiptKey, RowMetadata } from '../index/index-row.ts';
import type { CompactionPorts } from './compaction-ports.ts';

/** What the records say of a receipt now, whatever the message said that asked. */
export type ReceiptTruth = LivingReceipt | RemovedReceipt;

export interface LivingReceipt extends ReceiptKey {
  readonly kind: 'living';
  readonly revision: number;
  /** Whose delta holds its rows; null: it has none in any index. */
  readonly run_id: string | null;
  /** Stored rows of this or a higher revision are that run's. */
  readonly rows_revision: number;
  readonly metadata: RowMetadata;
}

interface RemovedReceipt extends ReceiptKey {
  readonly kind: 'removed';
  /** Above every revision that it had. */
  readonly revision: number;
}

export async function readTruth(
  { receipts, jobs }: Pick<CompactionPorts, 'receipts' | 'jobs'>,
  { image_id, receipt_id }: ReceiptKey,
): Promise<ReceiptTruth> {
  const record = await receipts.get(image_id, receipt_id);
  if (record !== null) return livingReceipt(record);
  const image = await jobs.image(image_id);
  return { kind: 'removed', image_id, receipt_id, revision: image?.receipt_revision_floor ?? NEVER_LIVED };
}

/** Of a receipt that was never committed, no row can be alive: any revision outweighs them. */
const NEVER_LIVED = 1;

function livingReceipt(record: ReceiptRecord): LivingReceipt {
  const { image_id, receipt_id, revision, run_id, rows_revision } = record;
  return {
    kind: 'living',
    image_id,
    receipt_id,
    revision,
    run_id: run_id ?? null,
    rows_revision: rows_revision ?? revision,
    metadata: metadataOf(record),
  };
}

export function metadataOf(record: Pick<ReceiptRecord, 'merchant_id' | 'phone' | 'address_key'>): RowMetadata {
  return {
    merchant_id: record.merchant_id ?? null,
    phone: record.phone ?? null,
    address_key: record.address_key ?? null,
  };
}
