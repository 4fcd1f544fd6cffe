import { createCompaction } from '@slipstream/pipeline/compaction';
import type { DeletionTiming } from '@slipstream/pipeline/delete-image';
import { createStreamProcessor } from '@slipstream/pipeline/stream-processor';
import { indexCollections } from '@slipstream/runtime';
import { QUEUES } from '@slipstream/shared';
import { type IndexSettings, withHomeMemory } from '../home/home-memory.ts';
import type { Home } from '../home/open-home.ts';
import { drainQueue } from './drain-queue.ts';
import { followToEnd } from './run-stream.ts';

/** Readers in this program look for a newer version of the index each second. */
export const VERSION_GRACE_MS = 15_000;
/** Here the one agent's claim is known to end, and nothing is far away. */
export const HOME_DELETION_TIMING: DeletionTiming = { againAfterMs: 20_000 };

const COMPACTION_TIMEOUT_MS = 120_000;

/**
 * Where no `slipstream dev` works: follows the changes that deletions made, brings the merchant index to them, and
 * removes the versions of it and the pages of the database that hold what was deleted. False where something reads an
 * old state at this moment; the next `slipstream dev` does it then.
 */
export async function settleDeletions(
  opened: Home,
  settings: IndexSettings,
  imageIds: readonly string[],
): Promise<boolean> {
  const home = withHomeMemory(opened, settings);
  try {
    const collections = indexCollections(settings);
    await followToEnd(home.store.records, createStreamProcessor(home, { collections }));
    const handler = createCompaction(home, { version_grace_ms: 0 });
    const batching = QUEUES['compaction-queue'].batching.embedded;
    const mapping = { queue: home.queues['compaction-queue'], handler, batching, timeoutMs: COMPACTION_TIMEOUT_MS };
    await drainQueue(mapping, home);
    const erased = [];
    for (const imageId of imageIds) erased.push((await home.eraseHistory?.(imageId)) ?? true);
    return erased.every(Boolean);
  } finally {
    await home.closeMemory();
  }
}
