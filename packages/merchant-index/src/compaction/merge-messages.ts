import { mapBounded } from '@slipstream/runtime';
import type { CompactionMessage, CompactionRunRecord, SlipstreamError } from '@slipstream/shared';
import type { IndexRow, ReceiptKey } from '../index/index-row.ts';
import type { CollectionSession } from './collection-session.ts';
import type { CompactionPorts } from './compaction-ports.ts';
import { knownRows, RECORDS_AT_ONCE } from './known-rows.ts';
import { type LoadedDelta, loadDelta } from './load-delta.ts';
import type { ReceiptTruth } from './receipt-truth.ts';
import { rowChanges } from './row-changes.ts';

export type MessageOutcome =
  /** Readers see what it was about, or it is about nothing any more. */
  | { readonly kind: 'done'; readonly status: 'MERGED' | 'FAILED' | 'STALE'; readonly rows: number }
  | { readonly kind: 'retry'; readonly error: SlipstreamError };

/** One merge: everything that the messages are about, brought to what the records say now. */
export async function mergeMessages(
  ports: CompactionPorts,
  session: CollectionSession,
  messages: readonly CompactionMessage[],
): Promise<readonly MessageOutcome[]> {
  const collection = session.snapshot.collection;
  const runs = await mapBounded(messages, (message) => runOf(ports, collection, message), RECORDS_AT_ONCE);
  const loaded = await mapBounded(
    runs,
    (run) => (run?.status === 'PENDING' ? loadDelta(ports, run) : null),
    RECORDS_AT_ONCE,
  );
  const deltas = loaded.filter((each) => each?.kind === 'loaded');
  const receipts = await knownRows(ports, session, touchedReceipts(messages, deltas), deltas);
  const changes = receipts.map((known) => ({ known, rows: rowChanges(known, ports.identity, ports.clock.now()) }));
  const rows = changes.flatMap((change) => change.rows);
  const living = sum(changes.map((change) => becomeMore(change.known.stored, change.rows)));
  await session.commit(rows, living);

  const rowsByReceipt = new Map(changes.map((change) => [keyOf(change.known.truth), change.rows.length]));
  return mapBounded(
    messages,
    async (message, index): Promise<MessageOutcome> => {
      if (message.kind !== 'delta')
        return { kind: 'done', status: 'MERGED', rows: rowsByReceipt.get(keyOf(message)) ?? 0 };
      const run = runs[index];
      const result = loaded[index];
      if (!run || !result) return { kind: 'done', status: 'STALE', rows: 0 };
      if (result.kind === 'unusable') {
        await ports.compactionRuns.fail(run, result.failure);
        ports.logger.error(
          { image_id: run.image_id, run_id: run.run_id, ...result.failure },
          'a delta cannot be merged',
        );
        return { kind: 'done', status: 'FAILED', rows: 0 };
      }
      const merged = sum(receiptsOf(run).map((receipt) => rowsByReceipt.get(keyOf(receipt)) ?? 0));
      await ports.compactionRuns.merged(run, merged);
      return { kind: 'done', status: 'MERGED', rows: merged };
    },
    RECORDS_AT_ONCE,
  );
}

async function runOf(
  { compactionRuns }: CompactionPorts,
  collection: string,
  { kind, image_id, run_id }: CompactionMessage,
): Promise<CompactionRunRecord | null> {
  return kind === 'delta' && run_id !== undefined ? compactionRuns.get(image_id, run_id, collection) : null;
}

function receiptsOf({ image_id, receipts }: CompactionRunRecord): readonly ReceiptKey[] {
  return receipts.map(({ receipt_id }) => ({ image_id, receipt_id }));
}

/** By how many the living rows of a receipt become more. */
function becomeMore(stored: readonly IndexRow[], written: readonly IndexRow[]): number {
  const byId = new Map(stored.map((row) => [row.id, row]));
  return sum(written.map((row) => Number(!row.deleted) - Number(byId.get(row.id)?.deleted === false)));
}

/** Each once, however many messages are about it. */
function touchedReceipts(
  messages: readonly CompactionMessage[],
  deltas: readonly LoadedDelta[],
): readonly ReceiptKey[] {
  const receipts = [
    ...messages.filter(({ kind }) => kind !== 'delta'),
    ...deltas.flatMap(({ run }) => receiptsOf(run)),
  ];
  return [
    ...new Map(
      receipts.map(({ image_id, receipt_id }) => [`${image_id}#${receipt_id}`, { image_id, receipt_id }]),
    ).values(),
  ];
}

function keyOf({ image_id, receipt_id }: ReceiptKey | ReceiptTruth): string {
  return `${image_id}#${receipt_id}`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
