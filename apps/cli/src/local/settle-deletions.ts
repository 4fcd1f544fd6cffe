import { createCompaction } from '@slipstream/pipeline/compaction';
import { createStreamProcessor } from '@slipstream/pipeline/stream-processor';
import { indexCollections } from '@slipstream/runtime';
import { QUEUES } from '@slipstream/shared';
import { isDevLive } from '../home/dev-marker.ts';
import { type IndexSettings, withHomeMemory } from '../home/home-memory.ts';
import type { Home } from '../home/open-home.ts';
import { drainQueue } from './drain-queue.ts';
import { followToEnd } from './run-stream.ts';

const COMPACTION_TIMEOUT_MS = 120_000;

/**
 * Where no `slipstream dev` works: follows the changes that deletions made, brings the merchant index to them, and
 * removes the versions of it and the pages of the database that hold what was deleted. False where that is left to
 * `slipstream dev`: it works, or something reads an old state at this moment.
 */
export async function settleDeletions(
  opened: Home,
  settings: IndexSettings,
  imageIds: readonly string[],
): Promise<boolean> {
  if (isDevLive(opened.dataDir, opened.store.folderId)) return false;
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
