import { hash } from 'node:crypto';
import { SlipstreamError } from '@slipstream/shared';
import type { IndexRow } from '../index-row.ts';
import type { EmbeddingIdentity, IndexReader, VectorStore } from '../vector-index.ts';

const ROWS_AT_ONCE = 5_000;

export interface MoveIndexOptions {
  readonly table: string;
  readonly identity: EmbeddingIdentity;
  /** The published version, in the home that it has now. */
  readonly version: number;
  readonly from: VectorStore;
  /** A home that has no such table yet, or the rest of a move that was interrupted. */
  readonly to: VectorStore;
  /** Called before each write: throws once the writer's lease is lost. */
  readonly assertHeld: () => Promise<void>;
  readonly onProgress?: (rows: number) => void;
}

export interface MovedIndex {
  readonly uri: string;
  readonly version: number;
  /** Living rows. */
  readonly rows: number;
}

/**
 * Copies a collection to another home and compares the two row by row. The caller holds the collection's WRITER lease
 * meanwhile and then publishes `uri` and `version` in SNAPSHOT, conditionally: until then everybody reads and writes the
 * old home, which stays as it is. Safe to interrupt and to repeat: rows that are there already are not written again.
 */
export async function moveIndex(options: MoveIndexOptions): Promise<MovedIndex> {
  const { table, identity, from, to, assertHeld } = options;
  if (from.uri(table) === to.uri(table)) {
    throw new SlipstreamError('REQUEST_INVALID', `The index lives at ${to.uri(table)} already.`);
  }
  const source = await from.openReader(table, identity, options.version);
  try {
    await to.create(table, identity);
    const writer = await to.openWriter(table, identity);
    try {
      let copied = 0;
      for await (const rows of batches(source.rows(), ROWS_AT_ONCE)) {
        await assertHeld();
        await writer.merge(rows);
        copied += rows.length;
        options.onProgress?.(copied);
      }
      await assertHeld();
      const { version } = await writer.optimise({ pruneBefore: 0 });
      const target = await to.openReader(table, identity, version);
      try {
        await assertSame(source, target, to.uri(table));
        return { uri: to.uri(table), version, rows: await target.count() };
      } finally {
        await target.close();
      }
    } finally {
      await writer.close();
    }
  } finally {
    await source.close();
  }
}

/** Every row of either, with all it says. A hash a row is kept: 150 MB for a million. */
async function assertSame(source: IndexReader, target: IndexReader, uri: string): Promise<void> {
  const expected = new Map<string, string>();
  for await (const row of source.rows()) expected.set(row.id, essenceOf(row));
  let different = 0;
  for await (const row of target.rows()) {
    if (expected.get(row.id) !== essenceOf(row)) different++;
    expected.delete(row.id);
  }
  if (different + expected.size === 0) return;
  throw new SlipstreamError(
    'INDEX_UNAVAILABLE',
    `The copy at ${uri} is not the same: ${expected.size} rows are missing and ${different} differ. Nothing was switched; remove the copy and move again.`,
    { retry: 'never', details: { missing: expected.size, different } },
  );
}

function essenceOf({ vector, ...row }: IndexRow): string {
  const bytes = Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
  const text = JSON.stringify(Object.entries(row).sort(([one], [other]) => (one < other ? -1 : 1)));
  return hash('sha1', Buffer.concat([Buffer.from(text), bytes]), 'base64');
}

async function* batches(rows: AsyncIterable<IndexRow>, size: number): AsyncGenerator<IndexRow[]> {
  let waiting: IndexRow[] = [];
  for await (const row of rows) {
    waiting.push(row);
    if (waiting.length < size) continue;
    yield waiting;
    waiting = [];
  }
  if (waiting.length > 0) yield waiting;
}
