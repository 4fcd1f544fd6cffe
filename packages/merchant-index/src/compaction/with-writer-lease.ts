import type { IndexRecords } from '@slipstream/records';
import { type Clock, SlipstreamError } from '@slipstream/shared';
import { HeldLease } from './held-lease.ts';

export interface LeasePorts {
  readonly indexRecords: IndexRecords;
  readonly clock: Clock;
}

export interface WriterOptions {
  /** Of this process, in the WRITER record. */
  readonly owner: string;
  readonly lease_ms: number;
  /** Whether another writer is known to have died. Without it, its lease is waited out. */
  readonly isGone?: (owner: string) => boolean;
}

/**
 * Does something as a collection's single writer; `STORE_BUSY` while somebody else is. The lease is renewed meanwhile
 * and given back whatever happens.
 */
export async function withWriterLease<T>(
  ports: LeasePorts,
  collection: string,
  { owner, lease_ms, isGone }: WriterOptions,
  work: (held: HeldLease) => Promise<T>,
): Promise<T> {
  const lease = await ports.indexRecords.acquire(collection, owner, { lease_ms, ...(isGone ? { isGone } : {}) });
  if (lease === null) {
    throw new SlipstreamError('STORE_BUSY', `The index ${collection} is being written by another process; try again.`);
  }
  const held = new HeldLease(ports, lease, lease_ms);
  const renewing = held.keepAlive();
  try {
    return await work(held);
  } finally {
    await held.release();
    await renewing;
  }
}
