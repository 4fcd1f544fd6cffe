import type { ReceiptRecord, ReceiptStatus } from '@slipstream/shared';

/** Which receipts of a list are wanted, apart from their days. */
export interface ReceiptFilter {
  readonly status?: ReceiptStatus;
  /** Whether the engine that read it was not well. */
  readonly degraded?: boolean;
  /** A merchant's id, or a part of the printed name, whatever its case. */
  readonly merchant?: string;
}

export function passes(record: ReceiptRecord, { status, degraded, merchant }: ReceiptFilter): boolean {
  if (status !== undefined && record.status !== status) return false;
  if (merchant !== undefined && !isOfMerchant(record, merchant)) return false;
  return degraded === undefined || (record.engine_degraded ?? false) === degraded;
}

function isOfMerchant({ merchant_id, merchant_name }: ReceiptRecord, merchant: string): boolean {
  return merchant_id === merchant || (merchant_name ?? '').toLowerCase().includes(merchant.toLowerCase());
}
