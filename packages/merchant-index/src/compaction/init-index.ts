import type { IndexRecords } from '@slipstream/records';
import { type Clock, instant, SlipstreamError, type SnapshotRecord } from '@slipstream/shared';
import type { EmbeddingIdentity, VectorStore } from '../index/vector-index.ts';

/**
 * Makes a collection: its empty table and the snapshot that names it. The only place that makes either. One that is
 * there is left as it is, so that it is safe to repeat and to interrupt.
 */
export async function initIndex(
  ports: {
    readonly indexRecords: IndexRecords;
    readonly vectors: VectorStore;
    readonly identity: EmbeddingIdentity;
    readonly clock: Clock;
  },
  collection: string,
): Promise<{ readonly created: boolean; readonly snapshot: SnapshotRecord }> {
  const { indexRecords, vectors, identity, clock } = ports;
  const before = await indexRecords.snapshot(collection);
  if (before !== null) return { created: false, snapshot: before };
  const { version } = await vectors.create(collection, identity);
  const state = {
    table: collection,
    uri: vectors.uri(collection),
    version,
    rows: 0,
    merges: 0,
    optimised_at: instant(clock),
  };
  const created = await indexRecords.create(collection, state);
  const snapshot = await indexRecords.snapshot(collection);
  if (snapshot === null) throw new SlipstreamError('INTERNAL', `The snapshot of ${collection} cannot be read back.`);
  return { created, snapshot };
}
