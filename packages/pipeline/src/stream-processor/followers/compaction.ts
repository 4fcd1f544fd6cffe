import { deltaMessage, receiptMessage } from '@slipstream/shared';
import type { Queues } from '../../work/work-ports.ts';
import type { Follower } from '../follower.ts';

type CompactionQueue = Pick<Queues, 'compaction-queue'>;

/** A run's delta waits to be merged into a collection that is kept. */
export function deltaCompaction(queues: CompactionQueue, collections: readonly string[]): Follower<'COMPACTION_RUN'> {
  return {
    name: 'compaction-deltas',
    types: ['COMPACTION_RUN'],
    follow: (before, after) => {
      if (before !== null || after === null || !collections.includes(after.collection)) return null;
      const options = after.correlation_id ? { correlationId: after.correlation_id } : {};
      return { run: () => queues['compaction-queue'].send(deltaMessage(after), options) };
    },
  };
}

/**
 * What changes of a receipt mean to one collection. The index is brought to what the records say when it is merged, so
 * that of several changes of a receipt the last one's message is enough.
 */
export function receiptCompaction(queues: CompactionQueue, collection: string): Follower<'RECEIPT'> {
  return {
    name: `compaction-${collection}`,
    types: ['RECEIPT'],
    follow: (before, after) => {
      const message = receiptMessage(before, after, collection);
      if (message === null) return null;
      return { lastOf: message.receipt_id, run: () => queues['compaction-queue'].send(message) };
    },
  };
}
