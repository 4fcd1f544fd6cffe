import { type CompactionMessage, isSlipstreamError, SlipstreamError } from '@slipstream/shared';
import { CollectionSession } from './collection-session.ts';
import type { CompactionPorts } from './compaction-ports.ts';
import type { HeldLease } from './held-lease.ts';
import { isMaintenanceDue, maintain } from './maintenance.ts';
import { type MessageOutcome, mergeMessages } from './merge-messages.ts';
import { type WriterOptions, withWriterLease } from './with-writer-lease.ts';

export interface CompactionOptions extends WriterOptions {
  /** True when no time is left for another merge: what remains comes again. */
  readonly isTimeOver: () => boolean;
  /** Messages of one merge: bounds memory and how much a crash repeats. */
  readonly messages_max?: number;
  readonly version_grace_ms?: number;
}

/** 200 deltas of usual receipts are 12 MB. */
export const MESSAGES_PER_MERGE_MAX = 200;

/**
 * Brings a collection up to date with the receipts that the messages are about, as its single writer:
 *
 *   acquire WRITER (fence n) ─► read runs, deltas, records ─► rows ─► fence? ─► merge ─► publish SNAPSHOT if fence n
 *     ─► runs MERGED ─► … next messages … ─► put in order now and then ─► release
 *
 * Every step may crash: nothing is acknowledged before readers see it, and whatever comes again finds it done. The
 * outcomes are those of `messages`, in order.
 */
export async function compactCollection(
  ports: CompactionPorts,
  collection: string,
  messages: readonly CompactionMessage[],
  options: CompactionOptions,
): Promise<readonly MessageOutcome[]> {
  try {
    return await withWriterLease(ports, collection, options, (held) =>
      compactHeld(ports, collection, messages, { held, ...options }),
    );
  } catch (error) {
    if (!isSlipstreamError(error, 'STORE_BUSY')) throw error;
    return messages.map(() => ({ kind: 'retry', error }));
  }
}

interface HeldBy {
  readonly held: HeldLease;
}

async function compactHeld(
  ports: CompactionPorts,
  collection: string,
  messages: readonly CompactionMessage[],
  { held, isTimeOver, messages_max = MESSAGES_PER_MERGE_MAX, ...options }: CompactionOptions & HeldBy,
): Promise<readonly MessageOutcome[]> {
  const outcomes: MessageOutcome[] = [];
  let session: CollectionSession | null = null;
  try {
    session = await CollectionSession.open(ports, collection, held);
    while (outcomes.length < messages.length && !isTimeOver()) {
      const some = messages.slice(outcomes.length, outcomes.length + messages_max);
      outcomes.push(...(await mergeMessages(ports, session, some)));
    }
    const mustErase = messages.slice(0, outcomes.length).some(({ erase }) => erase === true);
    const isDue = mustErase || isMaintenanceDue(session.snapshot, ports.clock);
    if (isDue && !isTimeOver()) await maintain(ports, session, { ...options, mustErase });
  } catch (thrown) {
    const error = blamelessError(thrown);
    ports.logger.warn({ collection, error }, 'the index could not be brought up to date');
    return messages.map((_, index) => outcomes[index] ?? { kind: 'retry', error });
  } finally {
    await session?.writer.close();
  }
  return messages.map((_, index) => outcomes[index] ?? { kind: 'retry', error: timeExhausted() });
}

/** What fails for the whole collection is no message's fault: none of them may become a dead letter for it at once. */
function blamelessError(thrown: unknown): SlipstreamError {
  const error = SlipstreamError.from(thrown);
  if (error.retry !== 'never') return error;
  return new SlipstreamError(error.code, error.message, { cause: error, details: error.details, retry: 'later' });
}

function timeExhausted(): SlipstreamError {
  return new SlipstreamError('TIME_EXHAUSTED', 'No time was left to merge it.');
}
