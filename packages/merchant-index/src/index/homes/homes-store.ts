import type { EmbeddingIdentity, IndexReader, IndexWriter, VectorStore } from '../vector-index.ts';

export interface HomesStoreOptions {
  /** Root of tables that are made from now on. */
  readonly newRoot: string;
  readonly publishedUri: (table: string) => Promise<string | null>;
  readonly openRoot: (root: string) => Promise<VectorStore>;
}

/** Each table in the home that its SNAPSHOT names; one that has none yet in the root for new ones. */
export class HomesStore implements VectorStore {
  readonly followsSnapshot = true;
  readonly #options: HomesStoreOptions;
  readonly #roots = new Map<string, Promise<VectorStore>>();

  constructor(options: HomesStoreOptions) {
    this.#options = options;
  }

  /** Of a table that is made now. */
  uri(table: string): string {
    return `${this.#options.newRoot.replace(/\/+$/, '')}/index/${table}.lance`;
  }

  async create(table: string, identity: EmbeddingIdentity): Promise<{ version: number; created: boolean }> {
    return (await this.#homeOf(table)).create(table, identity);
  }

  async openReader(table: string, identity: EmbeddingIdentity, version: number): Promise<IndexReader> {
    return (await this.#homeOf(table)).openReader(table, identity, version);
  }

  async openWriter(table: string, identity: EmbeddingIdentity): Promise<IndexWriter> {
    return (await this.#homeOf(table)).openWriter(table, identity);
  }

  async drop(table: string): Promise<void> {
    await (await this.#homeOf(table)).drop(table);
  }

  async close(): Promise<void> {
    const stores = await Promise.allSettled(this.#roots.values());
    this.#roots.clear();
    for (const store of stores) if (store.status === 'fulfilled') await store.value.close();
  }

  /** Asked each time: a collection that was moved is written in its new home from then on. */
  async #homeOf(table: string): Promise<VectorStore> {
    const uri = (await this.#options.publishedUri(table)) ?? this.uri(table);
    return this.#rootOf(rootOf(uri, table));
  }

  #rootOf(root: string): Promise<VectorStore> {
    const known = this.#roots.get(root);
    if (known !== undefined) return known;
    const opened = this.#options.openRoot(root);
    this.#roots.set(root, opened);
    opened.catch(() => this.#roots.delete(root));
    return opened;
  }
}

/** `s3://bucket/prefix/index/lines.lance` → `s3://bucket/prefix`. */
function rootOf(uri: string, table: string): string {
  const end = `/index/${table}.lance`;
  if (!uri.endsWith(end)) throw new Error(`${uri} is no home of the table ${table}.`);
  return uri.slice(0, -end.length);
}
