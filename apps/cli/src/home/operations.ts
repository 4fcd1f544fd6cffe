import type { Queues } from '@slipstream/pipeline';
import type { Jobs, MerchantChanges, MerchantReceipts, Merchants } from '@slipstream/records';
import type { Clock, RecordStore } from '@slipstream/shared';

/**
 * What an operator looks into: every queue, every dead letter, every agent, whoever's images they are about. On AWS it
 * is done with the operator's own AWS credentials and not through the API, whose callers see their own receipts only:
 * IAM says already who may read a queue, and a second list of administrators would have to be kept in step with it.
 */
export interface Operations {
  readonly records: RecordStore;
  readonly jobs: Jobs;
  readonly merchants: Merchants;
  readonly merchantReceipts: MerchantReceipts;
  readonly merchantChanges: MerchantChanges;
  readonly queues: Queues;
  readonly clock: Clock;
  /** What a person should know: that nothing works on these queues now; null where something may. */
  readonly idleNote: string | null;
  close(): Promise<void>;
}
