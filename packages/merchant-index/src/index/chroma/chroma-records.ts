import type { Collection, Where } from 'chromadb';
import { z } from 'zod';
import type { IndexRow } from '../index-row.ts';

/** Records of one call: Chroma Cloud takes and gives no more. */
export const RECORDS_AT_ONCE = 300;
/** Values of one `$in`. */
export const VALUES_AT_ONCE = 100;

const metadataSchema = z.object({
  row: z.string(),
  image_id: z.string(),
  receipt_id: z.string(),
  revision: z.number(),
  deleted: z.boolean(),
  merged_at: z.number(),
  merchant_id: z.string().nullish(),
  phone: z.string().nullish(),
  address_key: z.string().nullish(),
});

/** One stored revision of one row. `record` is its id in Chroma. */
export interface StoredRevision {
  readonly record: string;
  readonly id: string;
  readonly revision: number;
  readonly deleted: boolean;
  readonly merged_at: number;
}

/**
 * One record a revision: who writes an old one late adds a record that nobody reads, where an upsert by the row's id
 * would undo the newer. The same revision written twice is the same record.
 */
export function recordId({ id, revision }: Pick<IndexRow, 'id' | 'revision'>): string {
  return `${id}@${revision}`;
}

/** Whose rows are replaced as a set; what `$in` asks for. */
export function receiptName({ image_id, receipt_id }: Pick<IndexRow, 'image_id' | 'receipt_id'>): string {
  return `${image_id}#${receipt_id}`;
}

export async function writeRecords(collection: Collection, rows: readonly IndexRow[]): Promise<void> {
  for (let at = 0; at < rows.length; at += RECORDS_AT_ONCE) {
    const some = rows.slice(at, at + RECORDS_AT_ONCE);
    await collection.upsert({
      ids: some.map(recordId),
      embeddings: some.map(({ vector }) => [...vector]),
      documents: some.map(({ text }) => text),
      metadatas: some.map((row) => ({
        row: row.id,
        receipt: receiptName(row),
        image_id: row.image_id,
        receipt_id: row.receipt_id,
        revision: row.revision,
        deleted: row.deleted,
        merged_at: row.merged_at,
        ...(row.merchant_id !== null && { merchant_id: row.merchant_id }),
        ...(row.phone !== null && { phone: row.phone }),
        ...(row.address_key !== null && { address_key: row.address_key }),
      })),
    });
  }
}

/** All that Chroma answers to a condition, page by page. */
export async function* readRows(collection: Collection, where?: Where): AsyncGenerator<IndexRow> {
  for (let offset = 0; ; offset += RECORDS_AT_ONCE) {
    const include = ['metadatas', 'documents', 'embeddings'] as const;
    const page = { limit: RECORDS_AT_ONCE, offset, include: [...include], ...(where && { where }) };
    const { ids, metadatas, documents, embeddings } = await collection.get(page);
    for (let at = 0; at < ids.length; at++) {
      yield toRow(metadatas[at], documents[at] ?? '', embeddings[at] ?? []);
    }
    if (ids.length < RECORDS_AT_ONCE) return;
  }
}

/** The same without vectors and texts. */
export async function* readRevisions(collection: Collection, where?: Where): AsyncGenerator<StoredRevision> {
  for (let offset = 0; ; offset += RECORDS_AT_ONCE) {
    const page = { limit: RECORDS_AT_ONCE, offset, include: ['metadatas' as const], ...(where && { where }) };
    const { ids, metadatas } = await collection.get(page);
    for (const [at, record] of ids.entries()) {
      const { row, revision, deleted, merged_at } = metadataSchema.parse(metadatas[at]);
      yield { record, id: row, revision, deleted, merged_at };
    }
    if (ids.length < RECORDS_AT_ONCE) return;
  }
}

export function toRow(metadata: unknown, text: string, vector: readonly number[]): IndexRow {
  const { row, merchant_id, phone, address_key, ...rest } = metadataSchema.parse(metadata);
  return {
    ...rest,
    id: row,
    merchant_id: merchant_id ?? null,
    phone: phone ?? null,
    address_key: address_key ?? null,
    text,
    vector: Float32Array.from(vector),
  };
}
