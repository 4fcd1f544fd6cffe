import type { ReceiptRecord, ReceiptStatus } from '@slipstream/shared';

/** Which receipts of a list are wanted, apart from their days. */
export interface ReceiptFilter {
  readonly status?: ReceiptStatus;
  /** Whether the engine that read it was not well. */
  readonly degraded?: boolean;
}

export function passes(record: ReceiptRecord, { status, degraded }: ReceiptFilter): boolean {
  if (status !== undefined && record.status !== status) return false;
  return degraded === undefined || (record.engine_degraded ?? false) === degraded;
}
