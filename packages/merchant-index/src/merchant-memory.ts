import type { IndexRecords } from '@slipstream/records';
import type { Clock, SnapshotRecord } from '@slipstream/shared';
import { isSlipstreamError } from '@slipstream/shared';
import { indexMissing } from './compaction/index-missing.ts';
import type { Embedder } from './embeddings/embedder.ts';
import type { Collection } from './index/index-row.ts';
import type { IndexReader, VectorStore } from './index/vector-index.ts';

/** What a function needs of the merchant index: it embeds, reads, and names the collections that are kept. */
export interface MerchantMemory {
  readonly embedder: Embedder;
  readonly vectors: VectorStore;
  readonly collections: readonly Collection[];
  /** The version that SNAPSHOT names. Never to be closed by who asked: it is shared. `INDEX_MISSING` before `index init`. */
  reader(collection: Collection): Promise<IndexReader>;
  close(): Promise<void>;
}

export interface MerchantMemoryOptions {
  readonly embedder: Embedder;
  readonly vectors: VectorStore;
  readonly collections: readonly Collection[];
  readonly indexRecords: Pick<IndexRecords, 'snapshot'>;
  readonly clock: Clock;
}

/** How long a version may be behind the newest. */
const LOOK_MS = 1_000;
/** A reader that somebody may still search stays open for so long after a newer one took its place. */
const RETIRED_MS = 15_000;

interface Opened {
  readonly table: string;
  readonly version: number;
  readonly reader: IndexReader;
}

/** Opens nothing before it is asked. */
export function createMerchantMemory(options: MerchantMemoryOptions): MerchantMemory {
  return new OpenedMemory(options);
}

class OpenedMemory implements MerchantMemory {
  readonly embedder: Embedder;
  readonly vectors: VectorStore;
  readonly collections: readonly Collection[];
  readonly #indexRecords: Pick<IndexRecords, 'snapshot'>;
  readonly #clock: Clock;
  readonly #current = new Map<Collection, { readonly lookedAt: number; readonly opened: Promise<Opened> }>();
  #retired: { readonly at: number; readonly reader: IndexReader }[] = [];

  constructor({ embedder, vectors, collections, indexRecords, clock }: MerchantMemoryOptions) {
    this.embedder = embedder;
    this.vectors = vectors;
    this.collections = collections;
    this.#indexRecords = indexRecords;
    this.#clock = clock;
  }

  async reader(collection: Collection): Promise<IndexReader> {
    const now = this.#clock.monotonic();
    const known = this.#current.get(collection);
    if (known && now - known.lookedAt < LOOK_MS) return (await known.opened).reader;
    const opened = this.#newest(collection, known?.opened ?? null);
    // Whoever asks meanwhile waits for the same look.
    this.#current.set(collection, { lookedAt: now, opened });
    try {
      return (await opened).reader;
    } catch (error) {
      this.#current.delete(collection);
      throw error;
    }
  }

  async close(): Promise<void> {
    const opened = await Promise.allSettled([...this.#current.values()].map((each) => each.opened));
    this.#current.clear();
    for (const result of opened) if (result.status === 'fulfilled') await result.value.reader.close();
    for (const { reader } of this.#retired) await reader.close();
    this.#retired = [];
    await this.vectors.close();
  }

  async #newest(collection: Collection, before: Promise<Opened> | null): Promise<Opened> {
    const known = await before?.catch(() => null);
    const snapshot = await this.#snapshot(collection);
    if (known && known.version === snapshot.version && known.table === snapshot.table) return known;
    const opened = await this.#open(collection, snapshot);
    await this.#retire(known?.reader ?? null);
    return opened;
  }

  async #open(collection: Collection, { table, version }: SnapshotRecord): Promise<Opened> {
    try {
      return { table, version, reader: await this.vectors.openReader(table, this.embedder.identity, version) };
    } catch (error) {
      if (!isSlipstreamError(error, 'INDEX_VERSION_GONE')) throw error;
      // Pruned between the look and the opening: what is published by now is there.
      const newer = await this.#snapshot(collection);
      const reader = await this.vectors.openReader(newer.table, this.embedder.identity, newer.version);
      return { table: newer.table, version: newer.version, reader };
    }
  }

  async #snapshot(collection: Collection): Promise<SnapshotRecord> {
    const snapshot = await this.#indexRecords.snapshot(collection);
    if (snapshot === null) throw indexMissing(collection);
    return snapshot;
  }

  async #retire(reader: IndexReader | null): Promise<void> {
    const now = this.#clock.monotonic();
    if (reader) this.#retired.push({ at: now, reader });
    const [kept, over] = [true, false].map((isKept) =>
      this.#retired.filter(({ at }) => now - at < RETIRED_MS === isKept),
    );
    this.#retired = kept ?? [];
    for (const each of over ?? []) await each.reader.close();
  }
}
