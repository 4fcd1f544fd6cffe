import type { CompactionRuns } from '@slipstream/records';
import type { ReceiptRecord } from '@slipstream/shared';
import { metadataOf } from '../compaction/receipt-truth.ts';
import { indexedTexts } from '../embeddings/indexed-texts.ts';
import { type Collection, type IndexRow, indexRowId } from '../index/index-row.ts';
import type { IndexReader } from '../index/vector-index.ts';
import { allReceipts, type ReceiptSource } from './receipt-source.ts';

/** What a published version has, against what the receipts' documents say that it should have. */
export interface IndexComparison {
  readonly collection: string;
  readonly version: number;
  readonly receipts: number;
  /** Rows that the documents have. */
  readonly expected: number;
  /** Living rows of the index. */
  readonly found: number;
  /** Rows that the index has not. */
  readonly missing: number;
  /** Rows that no document has. */
  readonly extra: number;
  /** Rows that say something else than their document or record. */
  readonly different: number;
  /** Ids that a reader is shown more than once. */
  readonly duplicates: number;
  /** Rows of receipts whose run has not been merged yet: neither missing nor different. */
  readonly waiting: number;
  /** Receipts whose OCR document cannot be read. */
  readonly unreadable: number;
  /** Some receipts with a difference, to look at. */
  readonly examples: readonly string[];
}

const EXAMPLES_MAX = 10;

type Kept = Pick<IndexRow, 'text' | 'merchant_id' | 'phone' | 'address_key'>;

/**
 * Reads everything and changes nothing. `mergedSince`: an ISO instant; what was merged later is in a newer version than
 * the reader's, and counts as waiting. Only for an index that is written to without a pause: what is in the reader's own
 * version is noted as merged a moment after its publication.
 */
export async function verifyIndex(
  { source, compactionRuns }: { readonly source: ReceiptSource; readonly compactionRuns: CompactionRuns },
  collection: Collection,
  reader: IndexReader,
  mergedSince?: string,
): Promise<IndexComparison> {
  const { rows, found, duplicates } = await livingRows(reader);
  const counts = { receipts: 0, expected: 0, missing: 0, different: 0, waiting: 0, unreadable: 0 };
  const examples: string[] = [];
  for await (const record of allReceipts(source.receipts)) {
    counts.receipts += 1;
    const texts = await source.rowsOf(record);
    if (texts === null) counts.unreadable += 1;
    const expected = texts === null ? [] : indexedTexts(collection, texts);
    counts.expected += expected.length;
    const faults = { missing: 0, different: 0 };
    const own = rows.get(keyOf(record)) ?? new Map<string, Kept>();
    for (const [place, { text }] of expected.entries()) {
      const row = own.get(indexRowId(record, place));
      if (row === undefined) faults.missing += 1;
      else if (!isSame(row, { text, ...metadataOf(record) })) faults.different += 1;
      own.delete(indexRowId(record, place));
    }
    if (own.size === 0) rows.delete(keyOf(record));
    if (faults.missing + faults.different + own.size === 0) continue;
    if (await isWaiting(compactionRuns, collection, record, mergedSince)) {
      counts.waiting += faults.missing + faults.different;
      rows.delete(keyOf(record));
      continue;
    }
    counts.missing += faults.missing;
    counts.different += faults.different;
    if (examples.length < EXAMPLES_MAX) examples.push(keyOf(record));
  }
  const extra = [...rows.values()].reduce((sum, { size }) => sum + size, 0);
  for (const key of rows.keys()) if (examples.length < EXAMPLES_MAX && !examples.includes(key)) examples.push(key);
  return { collection, version: reader.version, ...counts, found, extra, duplicates, examples };
}

export function isDifferent({ missing, extra, different, duplicates }: IndexComparison): boolean {
  return missing + extra + different + duplicates > 0;
}

async function livingRows(reader: IndexReader) {
  const rows = new Map<string, Map<string, Kept>>();
  let found = 0;
  let duplicates = 0;
  for await (const row of reader.rows()) {
    if (row.deleted) continue;
    found += 1;
    const ofReceipt = rows.get(keyOf(row)) ?? new Map<string, Kept>();
    rows.set(keyOf(row), ofReceipt);
    if (ofReceipt.has(row.id)) duplicates += 1;
    const { text, merchant_id, phone, address_key } = row;
    ofReceipt.set(row.id, { text, merchant_id, phone, address_key });
  }
  return { rows, found, duplicates };
}

async function isWaiting(
  runs: CompactionRuns,
  collection: string,
  { image_id, run_id }: ReceiptRecord,
  mergedSince: string | undefined,
): Promise<boolean> {
  const run = run_id === undefined ? null : await runs.get(image_id, run_id, collection);
  if (run?.status === 'PENDING') return true;
  return run?.status === 'MERGED' && mergedSince !== undefined && run.updated_at > mergedSince;
}

function isSame(one: Kept, other: Kept): boolean {
  return (
    one.text === other.text &&
    one.merchant_id === other.merchant_id &&
    one.phone === other.phone &&
    one.address_key === other.address_key
  );
}

function keyOf({ image_id, receipt_id }: { image_id: string; receipt_id: string }): string {
  return `${image_id}/${receipt_id}`;
}
