import type { CompactionMessage, CompactionRunRecord, SlipstreamError } from '@slipstream/shared';
import type { IndexRow, ReceiptKey } from '../index/index-row.ts';
import type { CollectionSession } from './collection-session.ts';
import type { CompactionPorts } from './compaction-ports.ts';
import { type LoadedRun, loadDelta } from './load-delta.ts';
import { type LivingReceipt, type ReceiptTruth, readTruth } from './receipt-truth.ts';
import { isStored, rowChanges } from './row-changes.ts';

export type MessageOutcome =
  /** Readers see what it was about, or it is about nothing any more. */
  | { readonly kind: 'done'; readonly status: 'MERGED' | 'FAILED' | 'STALE'; readonly rows: number }
  | { readonly kind: 'retry'; readonly error: SlipstreamError };

/** Records that are read at the same time. */
const READS_AT_ONCE = 25;

/** One merge: everything that the messages are about, brought to what the records say now. */
export async function mergeMessages(
  ports: CompactionPorts,
  session: CollectionSession,
  messages: readonly CompactionMessage[],
): Promise<readonly MessageOutcome[]> {
  const collection = session.snapshot.collection;
  const runs = await mapBounded(messages, (message) => runOf(ports, collection, message));
  const loaded = await mapBounded(runs, (run) => (run?.status === 'PENDING' ? loadDelta(ports, run) : null));
  const receipts = await readReceipts(
    ports,
    session,
    messages,
    loaded.filter((each) => each !== null),
  );
  const changes = receipts.map((known) => ({ known, rows: rowChanges(known, ports.identity, ports.clock.now()) }));
  const rows = changes.flatMap((change) => change.rows);
  const living = sum(changes.map((change) => becomeMore(change.known.stored, change.rows)));
  await session.commit(rows, living);

  const rowsByReceipt = new Map(changes.map((change) => [keyOf(change.known.truth), change.rows.length]));
  return mapBounded(messages, async (message, index): Promise<MessageOutcome> => {
    if (message.kind !== 'delta')
      return { kind: 'done', status: 'MERGED', rows: rowsByReceipt.get(keyOf(message)) ?? 0 };
    const run = runs[index];
    const result = loaded[index];
    if (!run || !result) return { kind: 'done', status: 'STALE', rows: 0 };
    if (result.kind === 'unusable') {
      await ports.compactionRuns.fail(run, result.failure);
      ports.logger.error({ image_id: run.image_id, run_id: run.run_id, ...result.failure }, 'a delta cannot be merged');
      return { kind: 'done', status: 'FAILED', rows: 0 };
    }
    const merged = sum(receiptsOf(run).map((receipt) => rowsByReceipt.get(keyOf(receipt)) ?? 0));
    await ports.compactionRuns.merged(run, merged);
    return { kind: 'done', status: 'MERGED', rows: merged };
  });
}

async function runOf(
  { compactionRuns }: CompactionPorts,
  collection: string,
  { kind, image_id, run_id }: CompactionMessage,
): Promise<CompactionRunRecord | null> {
  return kind === 'delta' && run_id !== undefined ? compactionRuns.get(image_id, run_id, collection) : null;
}

/** Each receipt once, however many messages are about it, with all that is known of its rows. */
async function readReceipts(
  ports: CompactionPorts,
  session: CollectionSession,
  messages: readonly CompactionMessage[],
  loaded: readonly LoadedRun[],
) {
  const deltas = loaded.flatMap((each) => (each.kind === 'loaded' ? [each] : []));
  const touched = new Map<string, ReceiptKey>();
  for (const message of messages) if (message.kind !== 'delta') touched.set(keyOf(message), message);
  for (const { run } of deltas) for (const receipt of receiptsOf(run)) touched.set(keyOf(receipt), receipt);
  const truths = await mapBounded([...touched.values()], (receipt) => readTruth(ports, receipt));
  const stored = Map.groupBy(await session.writer.rowsOf([...touched.values()]), keyOf);

  const rowsAtHand = deltas.flatMap(({ run, delta }) => delta.rows.map((row) => ({ run_id: run.run_id, row })));
  const byReceipt = Map.groupBy(rowsAtHand, ({ row }) => keyOf(row));
  const runIds = new Set(deltas.map(({ run }) => run.run_id));
  const known = await mapBounded(truths, async (truth) => {
    const key = keyOf(truth);
    const rows = byReceipt.get(key) ?? [];
    const isAtHand = truth.kind === 'living' && truth.run_id !== null && runIds.has(truth.run_id);
    const before = stored.get(key) ?? [];
    const strayIds = rows.map(({ row }) => row.id);
    if (isAtHand) {
      const current = rows.filter(({ run_id }) => run_id === truth.run_id).map(({ row }) => row);
      return { truth, stored: before, current, strayIds };
    }
    if (truth.kind === 'removed' || isStored(truth, before)) return { truth, stored: before, current: null, strayIds };
    // Its own delta has not come yet, or never will: what came before it must not stand in for it.
    const current = await ownRows(ports, session.snapshot.collection, truth);
    return current && { truth, stored: before, current, strayIds };
  });
  return known.filter((each) => each !== null);
}

/** The rows of the receipt's own run; null where they cannot be had: then its rows stay as they are. */
async function ownRows(ports: CompactionPorts, collection: string, truth: LivingReceipt) {
  const { image_id, receipt_id, run_id } = truth;
  const run = run_id === null ? null : await ports.compactionRuns.get(image_id, run_id, collection);
  // Of a collection that was not kept when it was read.
  if (run === null) return [];
  const own = await loadDelta(ports, run);
  return own.kind === 'loaded' ? own.delta.rows.filter((row) => row.receipt_id === receipt_id) : null;
}

function receiptsOf({ image_id, receipts }: CompactionRunRecord): readonly ReceiptKey[] {
  return receipts.map(({ receipt_id }) => ({ image_id, receipt_id }));
}

/** By how many the living rows of a receipt become more. */
function becomeMore(stored: readonly IndexRow[], written: readonly IndexRow[]): number {
  const byId = new Map(stored.map((row) => [row.id, row]));
  return sum(written.map((row) => Number(!row.deleted) - Number(byId.get(row.id)?.deleted === false)));
}

function keyOf({ image_id, receipt_id }: ReceiptKey | ReceiptTruth): string {
  return `${image_id}#${receipt_id}`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

async function mapBounded<T, R>(items: readonly T[], work: (item: T, index: number) => R | Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let from = 0; from < items.length; from += READS_AT_ONCE) {
    const some = items.slice(from, from + READS_AT_ONCE);
    results.push(...(await Promise.all(some.map((item, index) => work(item, from + index)))));
  }
  return results;
}
