import type { DeadLetterReason, Delivery, Queue, SlipstreamError } from '@slipstream/shared';
import type { Invocation } from './invocation.ts';
import { type LogFields, runUnit } from './unit-of-work.ts';
import type { LogPorts } from './work-ports.ts';

/** A message as a use case receives it, whichever environment delivers it; who delivered it settles it. */
export type ReceivedMessage = Pick<Delivery, 'id' | 'body' | 'receiveCount' | 'sentAt' | 'correlationId'>;

export interface BatchOutcome {
  /** Ids of the messages that have to come again; all others are done with. */
  readonly retry: readonly string[];
}

/** A use case that reads a queue. */
export type MessageHandler = (messages: readonly ReceivedMessage[], invocation: Invocation) => Promise<BatchOutcome>;

export interface BatchWork {
  /** The function's name, for the log and the metrics. */
  readonly name: string;
  readonly ports: LogPorts;
  /** Where a message goes that fails for good. */
  readonly dead: Pick<Queue<never>['dead'], 'put'>;
  /** Time that one message may need: what cannot be started with so much left is handed back. */
  readonly reserveMs: number;
  /** Ids for the log line; resolves when the message's effects are durable. */
  work(message: ReceivedMessage, delivery: MessageDelivery): Promise<LogFields>;
}

export interface MessageDelivery {
  readonly correlation_id: string;
  /** False where the message brought none and its own id stands in. */
  readonly is_correlated: boolean;
  readonly receive_count: number;
  remainingMs(): number;
  /** Dead-letters a part of the message that failed for good, where the rest goes on. Repeated, it stays one dead letter. */
  rejectPart(part: MessagePart, error: SlipstreamError): Promise<void>;
}

export interface MessagePart {
  /** Its place in the message, from 1. */
  readonly number: number;
  /** A message that holds only this part: redriven, it is taken by itself. */
  readonly body: string;
}

/** Messages of one batch that are worked on at the same time. */
const BATCH_CONCURRENCY = 10;

/**
 * Works through a batch. One message's failure touches no other: what failed for a while is to come again, what failed
 * for good goes to the dead letters with its reason, and what there is no time for is handed back untouched.
 */
export async function processBatch(
  messages: readonly ReceivedMessage[],
  invocation: Invocation,
  batch: BatchWork,
): Promise<BatchOutcome> {
  const pending = [...messages];
  const retry: string[] = [];
  const worker = async () => {
    for (let message = pending.shift(); message; message = pending.shift()) {
      const isTime = invocation.remainingMs() >= batch.reserveMs;
      const isSettled = isTime && (await processMessage(message, invocation, batch));
      if (!isSettled) retry.push(message.id);
    }
  };
  await Promise.all(Array.from({ length: Math.min(BATCH_CONCURRENCY, pending.length) }, worker));
  return { retry };
}

/** True when the message is done with. */
async function processMessage(message: ReceivedMessage, invocation: Invocation, batch: BatchWork): Promise<boolean> {
  const { id, receiveCount, correlationId, sentAt } = message;
  const unit = {
    name: batch.name,
    request_id: invocation.request_id,
    correlation_id: correlationId ?? id,
    waiting_since: sentAt > 0 ? sentAt : null,
  };
  const outcome = await runUnit(batch.ports, unit, () =>
    batch.work(message, {
      correlation_id: unit.correlation_id,
      is_correlated: correlationId !== null,
      receive_count: receiveCount,
      remainingMs: () => invocation.remainingMs(),
      rejectPart: async ({ number, body }, error) => {
        const fields = { correlation_id: unit.correlation_id, part: number, error };
        batch.ports.logger.error(fields, `${batch.name} rejected a part of a message`);
        await batch.dead.put({ id: `${id}-${number}`, body, receiveCount, reason: reasonOf(error) });
      },
    }),
  );
  return outcome.kind === 'rejected' ? reject(message, outcome.error, batch) : outcome.kind === 'done';
}

/** Only when the dead letter is safe may the message be deleted. */
async function reject(
  { id, body, receiveCount }: ReceivedMessage,
  error: SlipstreamError,
  batch: BatchWork,
): Promise<boolean> {
  try {
    await batch.dead.put({ id, body, receiveCount, reason: reasonOf(error) });
    return true;
  } catch (thrown) {
    batch.ports.logger.error({ error: thrown }, 'the dead letter could not be written; the message comes back');
    return false;
  }
}

function reasonOf({ code, message, details }: SlipstreamError): DeadLetterReason {
  return { code, message, details };
}
