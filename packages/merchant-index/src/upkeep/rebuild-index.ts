import type { IndexRecords } from '@slipstream/records';
import {
  type Clock,
  instant,
  isSlipstreamError,
  newRunId,
  type ReceiptRecord,
  type RecordStore,
  recordKeys,
  SlipstreamError,
  type SnapshotRecord,
} from '@slipstream/shared';
import { type HeldLease, leaseLost } from '../compaction/held-lease.ts';
import { metadataOf } from '../compaction/receipt-truth.ts';
import { type WriterOptions, withWriterLease } from '../compaction/with-writer-lease.ts';
import type { Embedder } from '../embeddings/embedder.ts';
import { indexedTexts } from '../embeddings/indexed-texts.ts';
import { type Collection, type IndexRow, indexRowId } from '../index/index-row.ts';
import type { IndexWriter, VectorStore } from '../index/vector-index.ts';
import { allReceipts, type ReceiptSource } from './receipt-source.ts';

export interface RebuildPorts {
  readonly source: ReceiptSource;
  readonly records: RecordStore;
  readonly indexRecords: IndexRecords;
  readonly vectors: VectorStore;
  readonly embedder: Embedder;
  readonly clock: Clock;
}

export interface RebuiltIndex {
  readonly snapshot: SnapshotRecord;
  readonly receipts: number;
  readonly rows: number;
  /** Receipts whose OCR document cannot be read: they have no rows. */
  readonly unreadable: number;
  /** The table that was published before, which nobody writes any more; null where there was none. */
  readonly replaced: string | null;
  /** A table that an interrupted run had begun, and whether it could be removed; null where there was none. */
  readonly abandoned: { readonly uri: string; readonly is_removed: boolean } | null;
}

const LEASE_MS = 60_000;
/** Rows of one commit. */
const ROWS_AT_ONCE = 5_000;
/** Looks at the list of receipts: it may lag behind what was merged just before the rebuild began. */
const LOOKS_MAX = 5;

/**
 * Makes a collection again of records and documents alone, into a table of its own, and publishes it at the end, if the
 * lease held all the time. Readers keep the old version until then; deltas wait and are merged into the new table
 * afterwards. Interrupted, it leaves everything as it was, and a table that the next rebuild removes: the WRITER record
 * names it until it is published.
 */
export async function rebuildIndex(
  ports: RebuildPorts,
  collection: Collection,
  { onProgress, ...writer }: Omit<WriterOptions, 'lease_ms'> & { readonly onProgress?: (receipts: number) => void },
): Promise<RebuiltIndex> {
  const { indexRecords, vectors, embedder, clock } = ports;
  return withWriterLease(ports, collection, { ...writer, lease_ms: LEASE_MS }, async (held) => {
    const before = await indexRecords.snapshot(collection);
    const abandoned = await removeAbandoned(ports, collection, before?.table ?? null);
    const table = `${collection}-${clock.now().toString(36)}`;
    if (!(await indexRecords.noteBuilding(held.lease, table))) throw leaseLost(collection);
    await vectors.create(table, embedder.identity);
    const writer = await vectors.openWriter(table, embedder.identity);
    try {
      const filled = await fill(ports, collection, writer, held, onProgress);
      await held.assertHeld();
      const { version } = await writer.optimise({ pruneBefore: clock.now() });
      const rows = await writer.count();
      const state = { table, uri: vectors.uri(table), version, rows, merges: 0, optimised_at: instant(clock) };
      const isPublished = before
        ? await indexRecords.publish(held.lease, before, state)
        : await indexRecords.create(collection, state);
      const snapshot = await indexRecords.snapshot(collection);
      if (!isPublished || snapshot === null) throw leaseLost(collection);
      await indexRecords.noteBuilding(held.lease, null);
      return { snapshot, ...filled, rows, replaced: before?.uri ?? null, abandoned };
    } finally {
      await writer.close();
    }
  });
}

async function removeAbandoned(
  { indexRecords, vectors }: RebuildPorts,
  collection: Collection,
  published: string | null,
): Promise<RebuiltIndex['abandoned']> {
  const table = (await indexRecords.writer(collection))?.building;
  if (table === undefined || table === published) return null;
  const uri = vectors.uri(table);
  try {
    await vectors.drop(table);
    return { uri, is_removed: true };
  } catch {
    return { uri, is_removed: false }; // said to whoever rebuilds: it only takes room
  }
}

async function fill(
  ports: RebuildPorts,
  collection: Collection,
  writer: IndexWriter,
  held: HeldLease,
  onProgress: ((receipts: number) => void) | undefined,
): Promise<{ readonly receipts: number; readonly unreadable: number }> {
  const seen = new Set<string>();
  let unreadable = 0;
  let waiting: IndexRow[] = [];
  const commit = async () => {
    await held.assertHeld();
    await writer.merge(waiting);
    waiting = [];
  };
  for (let look = 0, known = -1; look < LOOKS_MAX && seen.size > known; look += 1) {
    known = seen.size;
    for await (const record of allReceipts(ports.source.receipts)) {
      const key = `${record.image_id}/${record.receipt_id}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const rows = await rowsOf(ports, collection, record);
      if (rows === null) unreadable += 1;
      else waiting.push(...rows);
      if (waiting.length >= ROWS_AT_ONCE) await commit();
      onProgress?.(seen.size);
    }
  }
  if (waiting.length > 0) await commit();
  return { receipts: seen.size, unreadable };
}

async function rowsOf(
  ports: RebuildPorts,
  collection: Collection,
  record: ReceiptRecord,
): Promise<readonly IndexRow[] | null> {
  const visual = await ports.source.rowsOf(record);
  if (visual === null) return null;
  const { image_id, receipt_id, revision } = await indexedRecord(ports, record);
  const texts = indexedTexts(collection, visual);
  const vectors = await ports.embedder.embed(texts.map(({ embedded }) => embedded));
  const key = { image_id, receipt_id };
  const shared = { ...key, ...metadataOf(record), revision, deleted: false, merged_at: ports.clock.now() };
  return texts.map(({ text }, place) => {
    const vector = vectors[place];
    if (!vector) throw new TypeError('The embedder gave fewer vectors than it was given texts.');
    return { ...shared, id: indexRowId(key, place), text, vector };
  });
}

/** A receipt that was completed while there was no index gets a run of its own, so that its rows are followed. */
async function indexedRecord({ records }: RebuildPorts, record: ReceiptRecord): Promise<ReceiptRecord> {
  if (record.run_id !== undefined) return record;
  const rows_revision = record.revision + 1;
  const run_id = newRunId();
  try {
    await records.write({
      kind: 'update',
      key: recordKeys.receipt(record.image_id, record.receipt_id),
      set: { run_id, rows_revision },
      condition: { ifRevision: record.revision },
    });
    return { ...record, run_id, rows_revision, revision: rows_revision };
  } catch (error) {
    if (!isSlipstreamError(error, 'CONDITION_FAILED')) throw error;
    const message = `The receipt ${record.image_id}/${record.receipt_id} changes just now; run it again.`;
    throw new SlipstreamError('STORE_BUSY', message, { cause: error });
  }
}
