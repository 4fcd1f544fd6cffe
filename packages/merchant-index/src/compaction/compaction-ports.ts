import type { CompactionRuns, IndexRecords, Jobs, Receipts } from '@slipstream/records';
import type { Logger } from '@slipstream/runtime';
import type { Clock, ObjectStore } from '@slipstream/shared';
import type { EmbeddingIdentity, VectorStore } from '../index/vector-index.ts';

/** All that the index's writer touches. */
export interface CompactionPorts {
  readonly indexRecords: IndexRecords;
  readonly compactionRuns: CompactionRuns;
  readonly receipts: Pick<Receipts, 'get'>;
  readonly jobs: Pick<Jobs, 'image'>;
  readonly artifacts: Pick<ObjectStore, 'get'>;
  readonly vectors: VectorStore;
  readonly identity: EmbeddingIdentity;
  readonly clock: Clock;
  readonly logger: Logger;
}
