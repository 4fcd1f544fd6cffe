import type { Table } from '@lancedb/lancedb';
import type { IndexRow } from '../index-row.ts';
import { newestRows } from '../newest-rows.ts';
import type { EmbeddingIdentity, IndexReader, SearchHit } from '../vector-index.ts';
import { takeCensus } from './census.ts';
import { onTable } from './lance-errors.ts';
import { batchToRows, ROW_COLUMNS } from './row-columns.ts';
import { receiptNumber } from './row-key.ts';
import { copiesOf, placesOf } from './stored-copies.ts';

/** Of the vector index's partitions, of 32,000 rows each: what a search reads of them is 8 MB. */
const PROBES = 6;
/** The index knows a vector by a bit a dimension: that many times more candidates are compared by their true vectors. */
const REFINE_FACTOR = 4;

/** A table opened at one version, as an IndexReader. */
export class LanceReader implements IndexReader {
  readonly version: number;
  readonly #table: Table;
  readonly #uri: string;
  readonly #identity: EmbeddingIdentity;
  #keys: Promise<unknown> | undefined;

  constructor(table: Table, options: { version: number; uri: string; identity: EmbeddingIdentity }) {
    this.version = options.version;
    this.#table = table;
    this.#uri = options.uri;
    this.#identity = options.identity;
  }

  async search(
    vectors: readonly Float32Array[],
    options: { readonly limit: number; readonly signal?: AbortSignal },
  ): Promise<readonly (readonly SearchHit[])[]> {
    const found: SearchHit[][] = [];
    for (const vector of vectors) {
      options.signal?.throwIfAborted();
      found.push(await onTable(this.#uri, 'search the index', () => this.#nearest(vector, options.limit)));
    }
    return found;
  }

  /** More are asked for until enough of them hold: copies that do not hold take places among the nearest. */
  async #nearest(vector: Float32Array, limit: number): Promise<SearchHit[]> {
    for (let asked = limit + Math.ceil(limit / 4); ; asked *= 4) {
      // What the look-up by receipt begins with is fetched while the vectors are.
      this.#keys ??= placesOf(this.#table, []).catch((error: unknown) => {
        this.#keys = undefined;
        throw error;
      });
      const [hits] = await Promise.all([this.#stored(vector, asked), this.#keys]);
      const holding = await this.#holding(hits);
      if (holding.length >= limit || hits.length < asked) return holding.slice(0, limit);
    }
  }

  async #stored(vector: Float32Array, limit: number): Promise<SearchHit[]> {
    const query = this.#table
      .query()
      .nearestTo(vector)
      .distanceType('l2')
      .nprobes(PROBES)
      .refineFactor(REFINE_FACTOR)
      .limit(limit)
      .select([...ROW_COLUMNS, '_distance']);
    const hits: SearchHit[] = [];
    for await (const batch of query) {
      const distance = batch.getChild('_distance');
      const rows = batchToRows(batch, this.#identity.dimensions);
      // Between vectors of length 1, |a - b|² = 2 - 2 cos; Lance's l2 is the square.
      hits.push(...rows.map((row, at) => ({ ...row, similarity: 1 - Number(distance?.get(at)) / 2 })));
    }
    return hits.sort((one, other) => other.similarity - one.similarity);
  }

  /** Those hits that no copy of a higher revision makes void, each id once. */
  async #holding(hits: readonly SearchHit[]): Promise<SearchHit[]> {
    const newest = newestRows(await copiesOf(this.#table, hits.map(receiptNumber)));
    const seen = new Set<string>();
    return hits.filter((hit) => {
      const holds = newest.get(hit.id)?.revision === hit.revision && !newest.get(hit.id)?.deleted && !seen.has(hit.id);
      seen.add(hit.id);
      return holds;
    });
  }

  async count(): Promise<number> {
    const census = await onTable(this.#uri, 'count the rows', () => takeCensus(this.#table));
    return census.living;
  }

  async *rows(): AsyncGenerator<IndexRow> {
    const { superseded } = await onTable(this.#uri, 'read the rows', () => takeCensus(this.#table));
    const voidCopies = new Set(superseded.map((copy) => `${copy.write}#${copy.id}`));
    for await (const batch of this.#table.query().select([...ROW_COLUMNS, 'write'])) {
      const write = batch.getChild('write');
      const rows = batchToRows(batch, this.#identity.dimensions);
      for (const [at, row] of rows.entries()) {
        if (!voidCopies.has(`${write?.get(at)}#${row.id}`)) yield row;
      }
    }
  }

  async close(): Promise<void> {
    this.#table.close();
  }
}
