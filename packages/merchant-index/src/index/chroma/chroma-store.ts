import { SlipstreamError } from '@slipstream/shared';
import type { ChromaClient, Collection } from 'chromadb';
import type { EmbeddingIdentity, IndexReader, IndexWriter, VectorStore } from '../vector-index.ts';
import { onChroma } from './chroma-errors.ts';
import { ChromaReader } from './chroma-reader.ts';
import { ChromaWriter } from './chroma-writer.ts';

export interface ChromaStoreOptions {
  /** `http://127.0.0.1:8000`, or `https://api.trychroma.com` for Chroma Cloud. */
  readonly url: string;
  readonly tenant?: string | undefined;
  readonly database?: string | undefined;
  /** Of Chroma Cloud, sent as `x-chroma-token`. */
  readonly apiKey?: string | undefined;
}

/**
 * Collections of a Chroma server. **Chroma keeps no versions**: a reader sees the newest state whatever version it was
 * opened at, and rows of a merge as they arrive, in parts of 300. What holds all the same: nobody loses or revives a row,
 * because each revision of a row is a record of its own, and readers reduce to the highest.
 */
export function openChromaStore(options: ChromaStoreOptions): VectorStore {
  return new ChromaStore(options);
}

class ChromaStore implements VectorStore {
  readonly #options: ChromaStoreOptions;
  #client: Promise<ChromaClient> | undefined;

  constructor(options: ChromaStoreOptions) {
    this.#options = options;
  }

  uri(collection: string): string {
    const { url, tenant = 'default_tenant', database = 'default_database' } = this.#options;
    return `${url.replace(/\/+$/, '')}/api/v2/tenants/${tenant}/databases/${database}/collections/${collection}`;
  }

  async create(collection: string, identity: EmbeddingIdentity): Promise<{ version: number; created: boolean }> {
    const client = await this.#connected();
    const metadata = { provider: identity.provider, dimensions: identity.dimensions, version: 1 };
    const configuration = { hnsw: { space: 'l2' as const } };
    const created = await onChroma(this.uri(collection), 'make the index', async () => {
      try {
        await client.createCollection({ name: collection, metadata, configuration, embeddingFunction: null });
        return true;
      } catch (error) {
        if (error instanceof Error && error.name === 'ChromaUniqueError') return false;
        throw error;
      }
    });
    const opened = await this.#open(collection, identity);
    return { version: Number(opened.metadata?.version ?? 1), created };
  }

  async openReader(collection: string, identity: EmbeddingIdentity, version: number): Promise<IndexReader> {
    const opened = await this.#open(collection, identity);
    return new ChromaReader(opened, { version, uri: this.uri(collection), identity });
  }

  async openWriter(collection: string, identity: EmbeddingIdentity): Promise<IndexWriter> {
    await this.#open(collection, identity);
    return new ChromaWriter(() => this.#open(collection, identity), { uri: this.uri(collection), identity });
  }

  async drop(collection: string): Promise<void> {
    const client = await this.#connected();
    await onChroma(this.uri(collection), 'remove a table', async () => {
      try {
        await client.deleteCollection({ name: collection });
      } catch (error) {
        if (!(error instanceof Error && error.name === 'ChromaNotFoundError')) throw error;
      }
    });
  }

  async #open(collection: string, identity: EmbeddingIdentity): Promise<Collection> {
    const client = await this.#connected();
    const opened = await onChroma(this.uri(collection), 'open the index', () =>
      client.getCollection({ name: collection }),
    );
    const { provider, dimensions } = opened.metadata ?? {};
    if (provider === identity.provider && dimensions === identity.dimensions) return opened;
    throw new SlipstreamError(
      'INDEX_EMBEDDING_MISMATCH',
      `The index at ${this.uri(collection)} holds vectors of ${provider} with ${dimensions} dimensions; this configuration makes ${identity.provider} with ${identity.dimensions}. ` +
        'Set the embedding back, or make a new index with "slipstream index rebuild".',
      { details: { uri: this.uri(collection), stored: String(provider), asked: identity.provider } },
    );
  }

  #connected(): Promise<ChromaClient> {
    this.#client ??= connect(this.#options);
    return this.#client;
  }

  async close(): Promise<void> {
    this.#client = undefined;
  }
}

/** Loads the client (1.8 MB) on first use. It connects with its first call. */
async function connect({ url, tenant, database, apiKey }: ChromaStoreOptions): Promise<ChromaClient> {
  const { ChromaClient } = await import('chromadb');
  const { hostname, port, protocol } = new URL(url);
  const ssl = protocol === 'https:';
  return new ChromaClient({
    host: hostname,
    port: port === '' ? (ssl ? 443 : 80) : Number(port),
    ssl,
    ...(tenant && { tenant }),
    ...(database && { database }),
    ...(apiKey && { headers: { 'x-chroma-token': apiKey } }),
  });
}
