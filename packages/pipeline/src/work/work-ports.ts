import type { MerchantMemory } from '@slipstream/merchant-index';
import type { Logger } from '@slipstream/runtime';
import {
  type Clock,
  eachQueue,
  type ObjectStore,
  type Queue,
  type QueueMessage,
  type QueueName,
  type RecordStore,
} from '@slipstream/shared';

/** Where units of work write their lines. */
export interface LogPorts {
  readonly clock: Clock;
  readonly logger: Logger;
  /** The environment whose metrics the log lines carry for CloudWatch; null where nobody reads them out. */
  readonly metricsOf?: string | null;
}

/** An open store, from which each use case makes the ports that it uses. */
export interface WorkPorts extends LogPorts {
  readonly records: RecordStore;
  readonly raw: ObjectStore;
  readonly artifacts: ObjectStore;
  readonly queues: Queues;
  /**
   * Removes the dead letters of an image whose work begins anew. Absent on AWS, where the functions may not read the dead
   * letters: there its operator does.
   */
  readonly forgetLetters?: (imageId: string) => Promise<void>;
  /**
   * Removes what the store itself keeps of a deleted image: its changes that everyone has followed, and the bytes that
   * lie in freed pages. False where that is to be repeated: a reader is behind. Absent on AWS, where the change stream
   * and the backups forget it in their own time.
   */
  readonly eraseHistory?: (imageId: string) => Promise<boolean>;
}

/** Each queue, by its name in the table. */
export type Queues = { readonly [N in QueueName]: Queue<QueueMessage<N>> };

/** The merchant index, opened on first use; null where none is kept (`VECTOR_STORE=none`). */
export interface MemoryPorts {
  readonly merchantMemory: () => Promise<MerchantMemory | null>;
}

/** What both environments open: the ports as they are. */
export interface OpenStore {
  readonly records: RecordStore;
  readonly raw: ObjectStore;
  readonly artifacts: ObjectStore;
  queue<N extends QueueName>(name: N): Queue<QueueMessage<N>>;
}

export function workPorts(store: OpenStore, { clock, logger, metricsOf = null }: LogPorts): WorkPorts {
  const { records, raw, artifacts } = store;
  return { records, raw, artifacts, queues: openQueues(store), clock, logger, metricsOf };
}

/** None of them connects before it is used. */
function openQueues(store: Pick<OpenStore, 'queue'>): Queues {
  // What `eachQueue` makes has one type for all names; the table relates each name to its message.
  return eachQueue((name) => store.queue(name)) as Queues;
}
