import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import {
  type CompactionOptions,
  type CompactionPorts,
  compactCollection,
  type MerchantMemory,
  type MessageOutcome,
  type WriterOptions,
} from '@slipstream/merchant-index';
import {
  type CompactionMessage,
  compactionMessageSchema,
  isSlipstreamError,
  parseMessage,
  SlipstreamError,
} from '@slipstream/shared';
import { type MessageHandler, processBatch, type ReceivedMessage } from '../work/message-batch.ts';
import type { CompactPorts } from './compact-ports.ts';

/** Left of an invocation when no other merge is begun: one of 200 deltas, on S3, with the indexes brought up to date. */
const RESERVE_MS = 30_000;
/** Longer than any step, so that only a process that stands still loses it; it is renewed while it is used. */
const LEASE_MS = 60_000;

type Writer = Pick<WriterOptions, 'owner' | 'isGone'>;

export interface CompactionSettings {
  readonly reserve_ms?: number;
  /** How long a version of the index that holds rows of a deleted image is kept for the readers that opened it. */
  readonly version_grace_ms?: number;
  /** How this process is named as a writer. With `isGone`, only where process ids of one machine name all writers. */
  readonly writer?: Writer;
}

function thisProcess(): Writer {
  return { owner: `${hostname()}-${process.pid}-${randomUUID()}` };
}

/**
 * Deltas, refreshes and deletes → the merchant index, by its single writer. The batch is worked on as a whole: what is
 * about the same receipt is one change. A writer that another one keeps out gives its messages back, to come again
 * later; one at a time is all that the deploy lets run.
 */
export function createCompaction(
  ports: CompactPorts,
  { reserve_ms = RESERVE_MS, writer = thisProcess(), version_grace_ms }: CompactionSettings = {},
): MessageHandler {
  return (messages, invocation) => {
    const isTimeOver = () => invocation.remainingMs() < reserve_ms;
    let outcomes: Promise<ReadonlyMap<string, MessageOutcome>> | null = null;
    return processBatch(messages, invocation, {
      name: 'compaction',
      ports,
      dead: ports.queues['compaction-queue'].dead,
      reserveMs: 0,
      work: async ({ id, body }) => {
        const { kind, image_id, receipt_id, collection } = parseMessage(compactionMessageSchema, body);
        outcomes ??= compact(ports, messages, {
          ...writer,
          isTimeOver,
          ...(version_grace_ms === undefined ? {} : { version_grace_ms }),
        });
        const outcome = (await outcomes).get(id);
        if (outcome === undefined) throw new SlipstreamError('INTERNAL', 'The message was not looked at.');
        if (outcome.kind === 'retry') throw outcome.error;
        return { kind, image_id, receipt_id, collection, status: outcome.status, rows: outcome.rows };
      },
    });
  };
}

async function compact(
  ports: CompactPorts,
  messages: readonly ReceivedMessage[],
  options: Omit<CompactionOptions, 'lease_ms'>,
): Promise<ReadonlyMap<string, MessageOutcome>> {
  const memory = await ports.merchantMemory();
  const readable = messages.flatMap(({ id, body }) => {
    const message = messageOrNull(body);
    return message ? [{ id, message }] : [];
  });
  const outcomes = new Map<string, MessageOutcome>();
  for (const [collection, group] of Map.groupBy(readable, ({ message }) => message.collection)) {
    const isKept = memory?.collections.some((kept) => kept === collection) === true;
    const results =
      memory && isKept
        ? await compactCollection(
            compactionPorts(ports, memory),
            collection,
            group.map(({ message }) => message),
            { ...options, lease_ms: LEASE_MS },
          )
        : group.map((): MessageOutcome => ({ kind: 'retry', error: notKept(collection) }));
    group.forEach(({ id }, index) => {
      const result = results[index];
      if (result) outcomes.set(id, result);
    });
  }
  return outcomes;
}

function compactionPorts(
  ports: CompactPorts,
  { vectors, embedder }: Pick<MerchantMemory, 'vectors' | 'embedder'>,
): CompactionPorts {
  return { ...ports, vectors, identity: embedder.identity };
}

/** What cannot be read is left to its own unit of work, which says so. */
function messageOrNull(body: string): CompactionMessage | null {
  try {
    return parseMessage(compactionMessageSchema, body);
  } catch (error) {
    if (isSlipstreamError(error, 'MESSAGE_INVALID')) return null;
    throw error;
  }
}

function notKept(collection: string): SlipstreamError {
  return new SlipstreamError(
    'CONFIGURATION_INVALID',
    `The collection ${collection} is not kept here: add it to INDEX_COLLECTIONS, or remove the letter.`,
  );
}
