import type { CompactionRuns, IndexRecords } from '@slipstream/records';
import { pages } from '@slipstream/runtime';
import type { Clock } from '@slipstream/shared';

/** What an operator asks first. */
export interface IndexStatus {
  readonly collection: string;
  /** null: it was never made, or its record is lost. */
  readonly published: {
    readonly uri: string;
    readonly version: number;
    readonly rows: number;
    readonly merges_since_optimised: number;
    readonly optimised_at: string;
    readonly published_at: string;
  } | null;
  /** Who writes it now; null for nobody. */
  readonly writer: { readonly owner: string; readonly until: string } | null;
  /** Runs that wait, and those that were given up: counted up to `RUNS_COUNTED_MAX`. */
  readonly pending: number;
  readonly failed: number;
}

const RUNS_COUNTED_MAX = 10_000;
const PAGE_ROWS = 1_000;

export async function indexStatus(
  ports: { readonly indexRecords: IndexRecords; readonly compactionRuns: CompactionRuns; readonly clock: Clock },
  collection: string,
): Promise<IndexStatus> {
  const snapshot = await ports.indexRecords.snapshot(collection);
  const writer = await ports.indexRecords.writer(collection);
  return {
    collection,
    published: snapshot && {
      uri: snapshot.uri,
      version: snapshot.version,
      rows: snapshot.rows,
      merges_since_optimised: snapshot.merges,
      optimised_at: snapshot.optimised_at,
      published_at: snapshot.updated_at,
    },
    writer:
      writer && writer.expires_at > ports.clock.now()
        ? { owner: writer.owner, until: new Date(writer.expires_at).toISOString() }
        : null,
    pending: await countRuns(ports.compactionRuns, 'PENDING', collection),
    failed: await countRuns(ports.compactionRuns, 'FAILED', collection),
  };
}

async function countRuns(runs: CompactionRuns, status: 'PENDING' | 'FAILED', collection: string): Promise<number> {
  let count = 0;
  for await (const { items } of pages((cursor) => runs.list(status, { limit: PAGE_ROWS, cursor }))) {
    count += items.filter((run) => run.collection === collection).length;
    if (count >= RUNS_COUNTED_MAX) break;
  }
  return count;
}
