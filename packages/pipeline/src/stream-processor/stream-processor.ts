import type { RecordChange } from '@slipstream/shared';
import type { Invocation } from '../work/invocation.ts';
import { followPartition } from './follow-partition.ts';
import type { Follower } from './follower.ts';
import { followersOf } from './followers.ts';
import type { StreamPorts } from './stream-ports.ts';

export interface StreamProcessorOptions {
  /** Of the merchant index, those that are kept. */
  readonly collections: readonly string[];
  /** Projections of this home alone, after all others: `catalogueFollowers` where a catalogue is kept. */
  readonly further?: readonly Follower[];
  /** Partitions that are worked on at the same time; the changes of each are in their order. */
  readonly partitions_at_once?: number;
}

export interface StreamOutcome {
  /** Sequence of the change from which on all have to come again; null when all of them are done. */
  readonly retryFrom: string | null;
}

/** A use case that reads the change stream: changes in the order of each record. */
export type ChangeHandler = (changes: readonly RecordChange[], invocation: Invocation) => Promise<StreamOutcome>;

/** Each waits for its requests most of the time. */
const PARTITIONS_AT_ONCE = 10;

/**
 * Changes of the table → the projections that follow them (`followers.ts`). A stream keeps the order of each partition,
 * and so does this: the changes come again from the first one that failed. What is done by then is done again, which
 * changes nothing. Only changes that ask for something are logged.
 */
export function createStreamProcessor(
  ports: StreamPorts,
  { collections, further = [], partitions_at_once = PARTITIONS_AT_ONCE }: StreamProcessorOptions = {
    collections: [],
  },
): ChangeHandler {
  const followers = [...followersOf(ports, collections), ...further];
  return async (changes, invocation) => {
    // All that is followed of an image is in one partition.
    const partitions = [...Map.groupBy(changes, ({ key }) => key.pk).values()];
    const failed = new Set<RecordChange>();
    const worker = async () => {
      for (let partition = partitions.shift(); partition; partition = partitions.shift()) {
        const failure = await followPartition(ports, followers, partition, invocation);
        if (failure) failed.add(failure);
      }
    };
    await Promise.all(Array.from({ length: Math.min(partitions_at_once, partitions.length) }, worker));
    return { retryFrom: changes.find((change) => failed.has(change))?.sequence ?? null };
  };
}
