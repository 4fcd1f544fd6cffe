import { mapBounded } from '@slipstream/runtime';
import type { DeltaRow } from '../deltas/delta.ts';
import type { IndexRow, ReceiptKey } from '../index/index-row.ts';
import type { CollectionSession } from './collection-session.ts';
import type { CompactionPorts } from './compaction-ports.ts';
import { type LoadedDelta, loadDelta } from './load-delta.ts';
import { type LivingReceipt, type ReceiptTruth, readTruth } from './receipt-truth.ts';
import { isStored, type KnownRows } from './row-changes.ts';

/** Records that are read or written at the same time. */
export const RECORDS_AT_ONCE = { concurrency: 25 };

/** What is known of each receipt's rows; one whose own delta cannot be had is left out: its rows stay as they are. */
export async function knownRows(
  ports: CompactionPorts,
  { writer, snapshot }: CollectionSession,
  receipts: readonly ReceiptKey[],
  deltas: readonly LoadedDelta[],
): Promise<readonly KnownRows[]> {
  const truths = await mapBounded(receipts, (receipt) => readTruth(ports, receipt), RECORDS_AT_ONCE);
  const stored = Map.groupBy(await writer.rowsOf(receipts), keyOf);
  const known = await mapBounded(
    truths,
    async (truth) => {
      const before = stored.get(keyOf(truth)) ?? [];
      const others = mayHaveLate(truth) ? await unmergedDeltas(ports, snapshot.collection, truth.image_id, deltas) : [];
      const strayIds = [...deltas, ...others].flatMap((each) => rowsFor(each, truth).map(({ id }) => id));
      const current = await currentRows(ports, snapshot.collection, truth, before, deltas);
      return current === 'unknown' ? null : { truth, stored: before, current, strayIds };
    },
    RECORDS_AT_ONCE,
  );
  return known.filter((each) => each !== null);
}

/**
 * The rows of the receipt's own run, of its delta; null where they are stored already, and with them their vectors. What
 * came before its own run must not stand in for it.
 */
async function currentRows(
  ports: CompactionPorts,
  collection: string,
  truth: ReceiptTruth,
  stored: readonly IndexRow[],
  deltas: readonly LoadedDelta[],
): Promise<readonly DeltaRow[] | null | 'unknown'> {
  if (truth.kind === 'removed' || truth.run_id === null) return null;
  const own = deltas.find(({ run }) => run.run_id === truth.run_id && run.image_id === truth.image_id);
  if (own) return rowsFor(own, truth);
  if (isStored(truth, stored)) return null;
  return ownRun(ports, collection, truth);
}

async function ownRun(
  ports: CompactionPorts,
  collection: string,
  truth: LivingReceipt,
): Promise<readonly DeltaRow[] | 'unknown'> {
  const run = truth.run_id === null ? null : await ports.compactionRuns.get(truth.image_id, truth.run_id, collection);
  // Of a collection that was not kept when it was read.
  if (run === null) return [];
  const loaded = await loadDelta(ports, run);
  return loaded.kind === 'loaded' ? rowsFor(loaded, truth) : 'unknown';
}

/** A receipt's first rows have nothing before them that could come late. */
function mayHaveLate(truth: ReceiptTruth): boolean {
  return truth.kind === 'removed' || truth.rows_revision > 1;
}

/**
 * Deltas that another writer may have taken and not merged before it froze: what they hold of a receipt that has moved
 * on is buried before it comes.
 */
async function unmergedDeltas(
  ports: CompactionPorts,
  collection: string,
  imageId: string,
  atHand: readonly LoadedDelta[],
): Promise<readonly LoadedDelta[]> {
  const runs = await ports.compactionRuns.unmerged(imageId, collection);
  const others = runs.filter((run) => !atHand.some((each) => each.run.run_id === run.run_id));
  const loaded = await mapBounded(others, (run) => loadDelta(ports, run), RECORDS_AT_ONCE);
  return loaded.filter((each) => each.kind === 'loaded');
}

function rowsFor({ delta }: LoadedDelta, { image_id, receipt_id }: ReceiptKey): readonly DeltaRow[] {
  return delta.image_id === image_id ? delta.rows.filter((row) => row.receipt_id === receipt_id) : [];
}

function keyOf({ image_id, receipt_id }: ReceiptKey): string {
  return `${image_id}#${receipt_id}`;
}
