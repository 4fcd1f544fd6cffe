import type { Table } from '@lancedb/lancedb';
import type { IndexRow } from '../index-row.ts';
import { newestRows } from '../newest-rows.ts';
import type { EmbeddingIdentity, IndexReader, SearchHit } from '../vector-index.ts';
import { takeCensus } from './census.ts';
import { onTable } from './lance-errors.ts';
import { batchToRows, ROW_COLUMNS } from './row-columns.ts';
import { receiptNumber } from './row-key.ts';
import { copiesOf, placesOf, type StoredCopy } from './stored-copies.ts';

/**
 * Of the vector index's partitions, of 32,000 rows each: a search reads 15 MB of them when nothing is cached. Measured on
 * a million rows of 24,000 unlike templates: the true nearest row is found with 6 in 0.93, with 8 in 0.95, with 12 in all.
 */
const PROBES = 10;
/** The index knows a vector by a bit a dimension: that many times more candidates are compared by their true vectors. */
const REFINE_FACTOR = 4;
/** Each reads its own partitions: some 8 MB. */
const VECTORS_AT_ONCE = 4;

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
    const found = vectors.map((): readonly SearchHit[] => []);
    let pending = vectors.map((vector, place) => ({ vector, place }));
    // More are asked for until enough of them hold: copies that do not hold take places among the nearest.
    for (let asked = options.limit + Math.ceil(options.limit / 4); pending.length > 0; asked *= 4) {
      options.signal?.throwIfAborted();
      const looked = await onTable(this.#uri, 'search the index', () => this.#look(pending, asked));
      pending = looked.filter(({ hits, holding, place }) => {
        found[place] = holding.slice(0, options.limit);
        return holding.length < options.limit && hits.length === asked;
      });
    }
    return found;
  }

  /** All vectors at the same time, and one look-up for all of their hits: each query costs more to plan than to run. */
  async #look<V extends { readonly vector: Float32Array }>(pending: readonly V[], asked: number) {
    // What the look-up by receipt begins with is fetched while the vectors are.
    this.#keys ??= placesOf(this.#table, []).catch((error: unknown) => {
      this.#keys = undefined;
      throw error;
    });
    // It is awaited below; until then its failure is not unhandled.
    this.#keys.catch(() => undefined);
    const looked: (V & { readonly hits: SearchHit[] })[] = [];
    for (let from = 0; from < pending.length; from += VECTORS_AT_ONCE) {
      const some = pending.slice(from, from + VECTORS_AT_ONCE);
      looked.push(
        ...(await Promise.all(some.map(async (each) => ({ ...each, hits: await this.#stored(each.vector, asked) })))),
      );
    }
    await this.#keys;
    const numbers = new Set(looked.flatMap(({ hits }) => hits.map(receiptNumber)));
    const newest = newestRows(await copiesOf(this.#table, numbers));
    return looked.map((each) => ({ ...each, holding: holdingOf(each.hits, newest) }));
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

/** Those hits that no copy of a higher revision makes void, each id once. */
function holdingOf(hits: readonly SearchHit[], newest: ReadonlyMap<string, StoredCopy>): SearchHit[] {
  const seen = new Set<string>();
  return hits.filter((hit) => {
    const copy = newest.get(hit.id);
    const holds = copy?.revision === hit.revision && !copy.deleted && !seen.has(hit.id);
    seen.add(hit.id);
    return holds;
  });
}
