import type { Queues } from '@slipstream/pipeline';
import type {
  CompactionRuns,
  IndexRecords,
  Jobs,
  MerchantChanges,
  MerchantReceipts,
  Merchants,
  Receipts,
} from '@slipstream/records';
import type { Clock, DeployedQueueName, RecordStore } from '@slipstream/shared';
import type { ImageDirectory } from '../references/image-directory.ts';
import type { Home } from './open-home.ts';

/** Every queue of a place. */
export type OperatedQueues = Pick<Queues, DeployedQueueName> & Partial<Queues>;

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
  readonly receipts: Receipts;
  /** What it takes to find the image that a person means. */
  readonly directory: ImageDirectory;
  /** A stack lacks those that serve a data folder only. */
  readonly queues: OperatedQueues;
  readonly clock: Clock;
  readonly indexRecords: IndexRecords;
  readonly compactionRuns: CompactionRuns;
  /** The data folder; null for a stack. */
  readonly home: Home | null;
  /** What a person should know: that nothing works on these queues now; null where something may. */
  readonly idleNote: string | null;
  close(): Promise<void>;
}
