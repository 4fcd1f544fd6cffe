import type { Catalogue } from '@slipstream/catalogue';
import { catalogueEntry } from './catalogue-entry.ts';
import type { CatalogueSource } from './catalogue-ports.ts';
import { compareCatalogue } from './compare-catalogue.ts';

const PAGE_ROWS = 200;
/** Receipts whose documents are read at the same time. */
const AT_ONCE = 8;

export interface CatalogueRebuilding {
  readonly receipts: number;
  /** Went on where a run was ended. */
  readonly resumed: boolean;
  /** Changed while it was made, and brought in afterwards. */
  readonly caught_up: number;
}

/**
 * Makes the catalogue again of records and documents alone, beside the one that is used, which is replaced at the end.
 * May be ended at any moment; the next run goes on. What changes meanwhile is told to the old one, and brought into
 * the new one when it has taken its place.
 */
export async function rebuildCatalogue(
  source: CatalogueSource,
  catalogue: Catalogue,
  { onProgress = () => {}, signal }: { onProgress?: (done: number, total: number) => void; signal?: AbortSignal } = {},
): Promise<CatalogueRebuilding> {
  const build = await catalogue.rebuild();
  try {
    const resumed = build.resumedFrom === null ? null : progressOf(build.resumedFrom);
    const total = resumed?.total ?? (await countReceipts(source));
    let { cursor, done } = resumed ?? { cursor: null, done: 0 };
    await build.saveProgress(JSON.stringify({ cursor, done, total }), done, total);
    do {
      const page = await source.receipts.list({ limit: PAGE_ROWS, cursor });
      const waiting = [...page.items];
      const entries: Awaited<ReturnType<typeof catalogueEntry>>[] = [];
      const worker = async () => {
        for (let record = waiting.shift(); record; record = waiting.shift()) {
          signal?.throwIfAborted();
          entries.push(await catalogueEntry(source, record));
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
      await build.apply(entries.map((receipt) => ({ kind: 'receipt', receipt })));
      cursor = page.cursor;
      done += page.items.length;
      if (cursor !== null) await build.saveProgress(JSON.stringify({ cursor, done, total }), done, total);
      onProgress(done, Math.max(done, total));
    } while (cursor !== null);
    await build.publish();
    const { missing, extra, different } = await compareCatalogue(source, catalogue, { repair: true, faults: false });
    return { receipts: done, resumed: resumed !== null, caught_up: missing + extra + different };
  } finally {
    await build.close();
  }
}

interface Progress {
  readonly cursor: string | null;
  readonly done: number;
  readonly total: number;
}

/** null for what this program did not write. */
function progressOf(text: string): Progress | null {
  try {
    const { cursor, done, total } = JSON.parse(text);
    return (cursor === null || typeof cursor === 'string') && Number.isInteger(done) && Number.isInteger(total)
      ? { cursor, done, total }
      : null;
  } catch {
    return null;
  }
}

async function countReceipts({ receipts }: CatalogueSource): Promise<number> {
  let count = 0;
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof receipts.list>> = await receipts.list({ limit: 1_000, cursor });
    count += page.items.length;
    cursor = page.cursor;
  } while (cursor !== null);
  return count;
}
