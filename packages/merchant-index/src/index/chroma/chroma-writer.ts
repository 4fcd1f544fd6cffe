import type { Collection } from 'chromadb';
import type { IndexRow, ReceiptKey } from '../index-row.ts';
import { chunksOf } from '../lance/row-filter.ts';
import { newestRows } from '../newest-rows.ts';
import type { EmbeddingIdentity, IndexWriter, MergeResult } from '../vector-index.ts';
import { onChroma } from './chroma-errors.ts';
import { ChromaReader } from './chroma-reader.ts';
import {
  RECORDS_AT_ONCE,
  readRevisions,
  readRows,
  receiptName,
  type StoredRevision,
  VALUES_AT_ONCE,
  writeRecords,
} from './chroma-records.ts';

/** A collection's newest state. Its version is a number in the collection's metadata that each change raises. */
export class ChromaWriter implements IndexWriter {
  readonly #open: () => Promise<Collection>;
  readonly #uri: string;
  readonly #identity: EmbeddingIdentity;

  constructor(open: () => Promise<Collection>, options: { uri: string; identity: EmbeddingIdentity }) {
    this.#open = open;
    this.#uri = options.uri;
    this.#identity = options.identity;
  }

  async rowsOf(receipts: readonly ReceiptKey[]): Promise<readonly IndexRow[]> {
    const collection = await this.#open();
    return onChroma(this.#uri, 'read rows of receipts', async () => {
      const rows: IndexRow[] = [];
      for (const some of chunksOf([...new Set(receipts.map(receiptName))], VALUES_AT_ONCE)) {
        rows.push(...(await Array.fromAsync(readRows(collection, { receipt: { $in: some } }))));
      }
      return [...newestRows(rows).values()];
    });
  }

  async merge(rows: readonly IndexRow[]): Promise<MergeResult> {
    const collection = await this.#open();
    return onChroma(this.#uri, 'merge rows', async () => {
      const stored = await this.#revisionsOf(collection, rows);
      const newer = [...newestRows(rows).values()].filter((row) => row.revision > (stored.get(row.id)?.revision ?? 0));
      if (newer.length === 0) return { version: versionOf(collection), inserted: 0, updated: 0 };
      await writeRecords(collection, newer);
      const updated = newer.filter(({ id }) => stored.has(id)).length;
      return { version: await this.#raised(), inserted: newer.length - updated, updated };
    });
  }

  async #revisionsOf(collection: Collection, rows: readonly IndexRow[]): Promise<Map<string, StoredRevision>> {
    const found: StoredRevision[] = [];
    for (const some of chunksOf([...new Set(rows.map(receiptName))], VALUES_AT_ONCE)) {
      found.push(...(await Array.fromAsync(readRevisions(collection, { receipt: { $in: some } }))));
    }
    return newestRows(found);
  }

  async removeDuplicates(): Promise<{ readonly removed: number; readonly version: number }> {
    return this.#remove('remove duplicates', (revisions) => {
      const newest = newestRows(revisions);
      return revisions.filter((each) => newest.get(each.id)?.record !== each.record);
    });
  }

  async purgeTombstones(before: number): Promise<{ readonly removed: number; readonly version: number }> {
    // Older revisions go first: without its tombstone one of them would hold again.
    await this.removeDuplicates();
    return this.#remove('purge tombstones', (revisions) =>
      revisions.filter(({ deleted, merged_at }) => deleted && merged_at < before),
    );
  }

  async #remove(
    what: string,
    choose: (revisions: readonly StoredRevision[]) => readonly StoredRevision[],
  ): Promise<{ removed: number; version: number }> {
    const collection = await this.#open();
    return onChroma(this.#uri, what, async () => {
      const chosen = choose(await Array.fromAsync(readRevisions(collection)));
      for (const some of chunksOf(chosen, RECORDS_AT_ONCE)) {
        await collection.delete({ ids: some.map(({ record }) => record) });
      }
      return { removed: chosen.length, version: chosen.length === 0 ? versionOf(collection) : await this.#raised() };
    });
  }

  /** Chroma keeps its own indexes; what is left to do is removing what does not hold. */
  async optimise(): Promise<{ readonly version: number }> {
    const { version } = await this.removeDuplicates();
    return { version };
  }

  async version(): Promise<number> {
    return versionOf(await this.#open());
  }

  async count(): Promise<number> {
    const collection = await this.#open();
    return new ChromaReader(collection, { version: 0, uri: this.#uri, identity: this.#identity }).count();
  }

  async #raised(): Promise<number> {
    const collection = await this.#open();
    const version = versionOf(collection) + 1;
    await collection.modify({ metadata: { ...collection.metadata, version } });
    return version;
  }

  async close(): Promise<void> {}
}

function versionOf(collection: Collection): number {
  return Number(collection.metadata?.version ?? 1);
}
