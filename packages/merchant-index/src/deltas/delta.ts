import { receiptIdSchema, SlipstreamError, uuidSchema } from '@slipstream/shared';
import { z } from 'zod';
import { type IndexRow, indexRowId } from '../index/index-row.ts';
import type { EmbeddingIdentity } from '../index/vector-index.ts';

/** A living row on its way to the index; when it is merged is not known yet. */
export type DeltaRow = Omit<IndexRow, 'deleted' | 'merged_at'>;

/**
 * Everything that one job says about one collection: the rows of all receipts of its image. A receipt without rows is
 * named all the same, so that the rows it had before go.
 */
export interface Delta {
  readonly identity: EmbeddingIdentity;
  readonly image_id: string;
  readonly receipts: readonly { readonly receipt_id: string; readonly revision: number }[];
  /** Of these receipts, each with its receipt's revision. */
  readonly rows: readonly DeltaRow[];
}

/** 20 receipts of some 500 rows and of 1,536 dimensions are 60 MB; a usual delta has 60 KB. */
export const DELTA_BYTES_MAX = 134_217_728;
export const DELTA_ROWS_MAX = 50_000;
/** OpenAI's largest embedding has 3,072 dimensions. */
const DIMENSIONS_MAX = 4_096;
const TEXT_LENGTH_MAX = 10_000;
/** Float32 keeps a unit vector's length to some 1e-6. */
const UNIT_TOLERANCE = 1e-3;

export const deltaHeaderSchema = z.object({
  schema_version: z.literal(1),
  identity: z.object({ provider: z.string().min(1).max(200), dimensions: z.int().min(1).max(DIMENSIONS_MAX) }),
  image_id: uuidSchema,
  receipts: z
    .array(z.object({ receipt_id: receiptIdSchema, revision: z.int().min(1) }))
    .min(1)
    .max(20),
});

/** Both ends check all of it: what is written wrong would be refused too late, what is read may be anybody's. */
export function assertDelta(delta: Delta): void {
  const { identity, image_id, receipts, rows } = delta;
  const header = deltaHeaderSchema.safeParse({ schema_version: 1, identity, image_id, receipts });
  if (!header.success) throw invalid(`its header is not valid at ${header.error.issues[0]?.path.join('.')}`);
  const revisions = new Map(receipts.map(({ receipt_id, revision }) => [receipt_id, revision]));
  if (revisions.size < receipts.length) throw invalid('it names a receipt twice');
  if (rows.length > DELTA_ROWS_MAX) throw invalid(`it has more than ${DELTA_ROWS_MAX} rows`);
  if (new Set(rows.map(({ id }) => id)).size < rows.length) throw invalid('it has a row twice');
  for (const row of rows) assertRow(row, delta, revisions);
}

function assertRow(row: DeltaRow, { image_id, identity }: Delta, revisions: ReadonlyMap<string, number>): void {
  const place = Number(row.id.slice(-5));
  if (row.image_id !== image_id || row.id !== indexRowId(row, place)) throw invalid('a row is not of its image');
  if (row.revision !== revisions.get(row.receipt_id)) throw invalid("a row's revision is not its receipt's");
  if (row.text.length > TEXT_LENGTH_MAX) throw invalid(`a row's text is longer than ${TEXT_LENGTH_MAX} characters`);
  if (row.merchant_id !== null && !uuidSchema.safeParse(row.merchant_id).success)
    throw invalid('a merchant is no merchant');
  if (row.vector.length !== identity.dimensions) throw invalid(`a vector has not ${identity.dimensions} dimensions`);
  let square = 0;
  for (const value of row.vector) square += value * value;
  // Written so that NaN fails too.
  if (!(Math.abs(square - 1) <= UNIT_TOLERANCE)) throw invalid('a vector is not of length 1');
}

/** Never the content: it would reach the log. */
export function invalid(fault: string): SlipstreamError {
  return new SlipstreamError('DOCUMENT_INVALID', `The delta cannot be used: ${fault}. Reprocess its image.`);
}
