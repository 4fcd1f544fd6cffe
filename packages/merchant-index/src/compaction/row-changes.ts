import type { DeltaRow } from '../deltas/delta.ts';
import type { IndexRow, RowMetadata } from '../index/index-row.ts';
import type { EmbeddingIdentity } from '../index/vector-index.ts';
import type { ReceiptTruth } from './receipt-truth.ts';

/** All that is known of one receipt's rows when it is brought up to date. */
export interface KnownRows {
  readonly truth: ReceiptTruth;
  /** As the index has them, tombstones included. */
  readonly stored: readonly IndexRow[];
  /** Rows of the truth's own run; null where its delta was not read because the stored rows are that run's already. */
  readonly current: readonly DeltaRow[] | null;
  /** Ids of other deltas at hand: a writer that froze may still store them. */
  readonly strayIds: Iterable<string>;
}

/**
 * The rows that have to be written so that the index says of a receipt what the records say. Level-triggered: it does
 * not matter which message asked, in which order or how often; the same truth gives the same rows.
 *
 * Every row is written with the receipt's revision, also where nothing of it changed: a frozen writer's late rows are of
 * an older revision, and lose. What the receipt has not (any more) becomes a tombstone of that revision.
 */
export function rowChanges(known: KnownRows, identity: EmbeddingIdentity, now: number): IndexRow[] {
  const { truth, stored, strayIds } = known;
  const byId = new Map(stored.map((row) => [row.id, row]));
  const living = livingRows(known).map(
    (row): IndexRow => ({ ...row, revision: truth.revision, deleted: false, merged_at: now }),
  );
  const livingIds = new Set(living.map(({ id }) => id));
  const gone = new Set([...byId.keys(), ...strayIds].filter((id) => !livingIds.has(id)));
  const since = truth.kind === 'living' ? truth.rows_revision : truth.revision;
  return [
    ...living.filter(({ id }) => (byId.get(id)?.revision ?? 0) < truth.revision),
    ...[...gone].filter((id) => !isBuried(byId.get(id), since)).map((id) => tombstone(truth, id, identity, now)),
  ];
}

/** Whether the stored rows are those of the receipt's own run, so that its delta need not be read. */
export function isStored(truth: ReceiptTruth, stored: readonly IndexRow[]): boolean {
  return truth.kind === 'removed' || truth.run_id === null || stored.some((row) => row.revision >= truth.rows_revision);
}

function livingRows({ truth, stored, current }: KnownRows): readonly DeltaRow[] {
  if (truth.kind === 'removed' || truth.run_id === null) return [];
  const rows = current ?? stored.filter((row) => !row.deleted && row.revision >= truth.rows_revision);
  return rows.map((row) => withMetadata(row, truth.metadata));
}

function withMetadata(row: DeltaRow, { merchant_id, phone, address_key }: RowMetadata): DeltaRow {
  return { ...row, merchant_id, phone, address_key };
}

/** A tombstone keeps out what is older than itself: it has to be as new as the rows that hold. */
function isBuried(row: IndexRow | undefined, since: number): boolean {
  return row?.deleted === true && row.revision >= since;
}

function tombstone(
  { image_id, receipt_id, revision }: ReceiptTruth,
  id: string,
  identity: EmbeddingIdentity,
  now: number,
): IndexRow {
  const nobody = { merchant_id: null, phone: null, address_key: null };
  const vector = new Float32Array(identity.dimensions);
  return { image_id, receipt_id, ...nobody, id, revision, deleted: true, merged_at: now, vector, text: '' };
}
