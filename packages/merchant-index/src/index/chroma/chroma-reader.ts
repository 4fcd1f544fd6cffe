import type { Collection } from 'chromadb';
import type { IndexRow } from '../index-row.ts';
import { chunksOf } from '../lance/row-filter.ts';
import { newestRows } from '../newest-rows.ts';
import type { EmbeddingIdentity, IndexReader, SearchHit } from '../vector-index.ts';
import { onChroma } from './chroma-errors.ts';
import { readRevisions, readRows, recordId, type StoredRevision, toRow, VALUES_AT_ONCE } from './chroma-records.ts';

/** A collection as it is now, as an IndexReader. */
export class ChromaReader implements IndexReader {
  readonly version: number;
  readonly #collection: Collection;
  readonly #uri: string;

  constructor(collection: Collection, options: { version: number; uri: string; identity: EmbeddingIdentity }) {
    this.version = options.version;
    this.#collection = collection;
    this.#uri = options.uri;
  }

  async search(
    vectors: readonly Float32Array[],
    options: { readonly limit: number; readonly signal?: AbortSignal },
  ): Promise<readonly (readonly SearchHit[])[]> {
    const found: SearchHit[][] = [];
    for (const vector of vectors) {
      options.signal?.throwIfAborted();
      found.push(await onChroma(this.#uri, 'search the index', () => this.#nearest(vector, options.limit)));
    }
    return found;
  }

  /** More are asked for until enough of them hold: revisions that do not hold take places among the nearest. */
  async #nearest(vector: Float32Array, limit: number): Promise<SearchHit[]> {
    for (let asked = limit + Math.ceil(limit / 4); ; asked *= 4) {
      const answer = await this.#collection.query({
        queryEmbeddings: [[...vector]],
        nResults: asked,
        where: { deleted: false },
        include: ['metadatas', 'documents', 'embeddings', 'distances'],
      });
      // Between vectors of length 1, |a - b|² = 2 - 2 cos; Chroma's l2 is the square.
      const hits = (answer.ids[0] ?? []).map((_, at) => ({
        ...toRow(answer.metadatas[0]?.[at], answer.documents[0]?.[at] ?? '', answer.embeddings[0]?.[at] ?? []),
        similarity: 1 - Number(answer.distances[0]?.[at]) / 2,
      }));
      const holding = await this.#holding(hits);
      if (holding.length >= limit || hits.length < asked) return holding.slice(0, limit);
    }
  }

  async #holding(hits: readonly SearchHit[]): Promise<SearchHit[]> {
    const revisions: StoredRevision[] = [];
    for (const some of chunksOf(hits, VALUES_AT_ONCE)) {
      const where = { row: { $in: [...new Set(some.map(({ id }) => id))] } };
      revisions.push(...(await Array.fromAsync(readRevisions(this.#collection, where))));
    }
    const newest = newestRows(revisions);
    return hits.filter((hit) => newest.get(hit.id)?.record === recordId(hit));
  }

  async count(): Promise<number> {
    const newest = await this.#newest();
    return [...newest.values()].filter(({ deleted }) => !deleted).length;
  }

  async *rows(): AsyncGenerator<IndexRow> {
    const newest = await this.#newest();
    for await (const row of readRows(this.#collection)) {
      if (newest.get(row.id)?.record === recordId(row)) yield row;
    }
  }

  #newest(): Promise<Map<string, StoredRevision>> {
    return onChroma(this.#uri, 'read the index', async () => {
      return newestRows(await Array.fromAsync(readRevisions(this.#collection)));
    });
  }

  async close(): Promise<void> {}
}
