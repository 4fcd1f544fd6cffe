import type { Connection, Table } from '@lancedb/lancedb';
import { SlipstreamError } from '@slipstream/shared';
import type { EmbeddingIdentity, IndexReader, IndexWriter, VectorStore } from '../vector-index.ts';
import { indexMissing, indexVersionGone, onTable } from './lance-errors.ts';
import { lanceModule } from './lance-module.ts';
import { LanceReader } from './lance-reader.ts';
import { LanceWriter } from './lance-writer.ts';
import { identityOf, tableSchema } from './row-columns.ts';

/** LanceDB would take 6 GB and 1 GB; a function has 512 MB in all. */
const INDEX_CACHE_BYTES = 96n * 1024n * 1024n;
const METADATA_CACHE_BYTES = 32n * 1024n * 1024n;

const FIRST_VERSION = 1;
const ALREADY_THERE = /already exists|commit conflict/i;
const NOT_THERE = /not found|does not exist/i;

export interface LanceStoreOptions {
  /** The root: a folder's path, `file:///…` or `s3://bucket/prefix`. Tables lie in `{root}/index/{collection}.lance`. */
  readonly uri: string;
  /** As LanceDB takes them (region, endpoint, credentials); on AWS nothing is needed. */
  readonly storageOptions?: Readonly<Record<string, string>>;
}

/** LanceDB tables in a folder or on S3. Nothing is loaded or opened before the first use. */
export function openLanceStore(options: LanceStoreOptions): VectorStore {
  return new LanceStore(options);
}

class LanceStore implements VectorStore {
  readonly #root: string;
  readonly #storageOptions: Readonly<Record<string, string>>;
  #connection: Promise<Connection> | undefined;

  constructor({ uri, storageOptions }: LanceStoreOptions) {
    this.#root = `${uri.replace(/\/+$/, '')}/index`;
    this.#storageOptions = storageOptions ?? {};
  }

  uri(collection: string): string {
    const path = `${this.#root}/${collection}.lance`;
    return path.includes('://') ? path : `file://${path}`;
  }

  async create(collection: string, identity: EmbeddingIdentity): Promise<{ version: number; created: boolean }> {
    const connection = await this.#connected();
    const created = await connection.createEmptyTable(collection, tableSchema(identity)).catch((thrown: unknown) => {
      if (ALREADY_THERE.test(String(thrown))) return null;
      return onTable(this.uri(collection), 'make the index', () => Promise.reject(thrown));
    });
    const made = (await created?.version()) ?? 0;
    if (created !== null && made > FIRST_VERSION) await this.#giveBack(created, made);
    const table = await this.#open(collection, identity);
    return { version: await table.version(), created: made === FIRST_VERSION };
  }

  /**
   * LanceDB looks whether the table exists, and then writes it: of two that look at the same time, the second replaces
   * what the first made by an empty table. It shows in the version, and the one before is made the newest again.
   */
  async #giveBack(replacement: Table, version: number): Promise<void> {
    await onTable(this.#root, 'give back a table that was made at the same time', async () => {
      await replacement.checkoutLatest();
      if ((await replacement.version()) !== version) return;
      await replacement.checkout(version - 1);
      await replacement.restore();
    });
  }

  async openReader(collection: string, identity: EmbeddingIdentity, version: number): Promise<IndexReader> {
    const table = await this.#open(collection, identity, version);
    return new LanceReader(table, { version, identity, uri: this.uri(collection) });
  }

  async openWriter(collection: string, identity: EmbeddingIdentity): Promise<IndexWriter> {
    const table = await this.#open(collection, identity);
    return new LanceWriter(table, { identity, uri: this.uri(collection) });
  }

  async drop(collection: string): Promise<void> {
    const connection = await this.#connected();
    await onTable(this.uri(collection), 'remove a table', async () => {
      await connection.dropTable(collection).catch((thrown: unknown) => {
        if (!NOT_THERE.test(String(thrown))) throw thrown;
      });
    });
  }

  async #open(collection: string, identity: EmbeddingIdentity, version?: number): Promise<Table> {
    const uri = this.uri(collection);
    const connection = await this.#connected();
    const table = await onTable(uri, 'open the index', () => connection.openTable(collection));
    if (version !== undefined) await this.#pin(table, version, uri);
    const made = identityOf(await onTable(uri, 'read the schema', () => table.schema()));
    if (made?.provider === identity.provider && made.dimensions === identity.dimensions) return table;
    table.close();
    if (made === null) throw indexMissing(uri);
    throw new SlipstreamError(
      'INDEX_EMBEDDING_MISMATCH',
      `The index at ${uri} holds vectors of ${made.provider} with ${made.dimensions} dimensions; this configuration makes ${identity.provider} with ${identity.dimensions}. ` +
        'Set the embedding back, or make a new index with "slipstream index rebuild".',
      { details: { uri, stored: made.provider, asked: identity.provider } },
    );
  }

  /** The newest is opened and usually meant; asking for a version at once costs two requests more. */
  async #pin(table: Table, version: number, uri: string): Promise<void> {
    if ((await table.version()) === version) return;
    try {
      await table.checkout(version);
    } catch (thrown) {
      table.close();
      throw indexVersionGone(uri, version, thrown);
    }
  }

  #connected(): Promise<Connection> {
    this.#connection ??= onTable(this.#root, 'connect to the index', async () => {
      const { lance } = lanceModule();
      const session = new lance.Session(INDEX_CACHE_BYTES, METADATA_CACHE_BYTES);
      return lance.connect(this.#root, { storageOptions: { ...this.#storageOptions } }, session);
    });
    return this.#connection;
  }

  async close(): Promise<void> {
    const connection = await this.#connection;
    connection?.close();
    this.#connection = undefined;
  }
}
