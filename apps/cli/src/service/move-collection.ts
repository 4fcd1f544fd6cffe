import { resolve } from 'node:path';
import {
  type Collection,
  moveIndex,
  openLanceStore,
  type VectorStore,
  withWriterLease,
} from '@slipstream/merchant-index';
import { instant, SlipstreamError } from '@slipstream/shared';
import type { IndexOperations } from './index-operations.ts';

const LEASE_MS = 60_000;

export interface MovedCollection {
  readonly collection: string;
  readonly from: string;
  readonly uri: string;
  readonly version: number;
  readonly rows: number;
}

/**
 * One collection to another home, as its single writer: copied, compared row by row, then published under its new
 * address. Interrupted, everybody goes on with the old home, and moving again goes on where it ended.
 */
export async function moveCollection(
  operations: IndexOperations,
  collection: Collection,
  to: string,
): Promise<MovedCollection> {
  const { ports, vectors, embedder, bucketRoot, storageOptions } = operations;
  if (bucketRoot === null) {
    const message =
      'The index of this home lies in its data folder: move or copy the folder as a whole, while nothing works on it.';
    throw new SlipstreamError('REQUEST_INVALID', message);
  }
  const target =
    to === 's3' ? openLanceStore({ uri: bucketRoot, storageOptions }) : openLanceStore({ uri: resolve(to) });
  try {
    return await withWriterLease(ports, collection, { ...operations.writer(), lease_ms: LEASE_MS }, async (held) => {
      const before = await ports.indexRecords.snapshot(collection);
      if (before === null) throw new SlipstreamError('INDEX_MISSING', `The index ${collection} has not been made.`);
      const { table, version } = before;
      const moved = await moveIndex({
        table,
        version,
        identity: embedder.identity,
        from: vectors.followsSnapshot ? at(before.uri, vectors) : vectors,
        to: target,
        assertHeld: () => held.assertHeld(),
      });
      const state = { ...moved, table, merges: 0, optimised_at: instant(ports.clock) };
      if (!(await ports.indexRecords.publish(held.lease, before, state))) {
        throw new SlipstreamError(
          'LEASE_LOST',
          'Another writer changed it meanwhile; nothing was switched. Move again.',
        );
      }
      return { collection, from: before.uri, ...moved };
    });
  } finally {
    await target.close();
  }
}

/** The store with the address that the table has now: the configuration decides only that of new ones. */
function at(uri: string, vectors: VectorStore): VectorStore {
  return {
    uri: () => uri,
    create: (...args) => vectors.create(...args),
    openReader: (...args) => vectors.openReader(...args),
    openWriter: (...args) => vectors.openWriter(...args),
    drop: (table) => vectors.drop(table),
    close: () => vectors.close(),
  };
}
