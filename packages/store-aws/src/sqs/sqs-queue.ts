import {
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { abortable } from '@slipstream/runtime';
import {
  assertReceiveOptions,
  type Clock,
  type Delivery,
  messageBody,
  type Queue,
  type QueueDepth,
  type ReceiveOptions,
  type SendOptions,
  systemClock,
} from '@slipstream/shared';
import type { AwsOptions } from '../aws-options.ts';
import { CORRELATION_ID } from './correlation-id.ts';
import { textAttribute } from './letter-attributes.ts';
import { SqsCalls } from './sqs-calls.ts';
import { SqsConnection } from './sqs-connection.ts';
import { SqsDeadLetters } from './sqs-dead-letters.ts';
import { SqsDelivery } from './sqs-delivery.ts';

/** How much longer than its wait a long poll may take. */
const POLL_MARGIN_MS = 4_000;
/** A poll that is called off may have messages on the way: they are waited for this long, and given back. */
const CALLED_OFF_MS = 500;

export interface SqsQueueOptions extends AwsOptions {
  /** What the flow calls it; the last part of its URL otherwise. */
  readonly name?: string;
  /** Its dead-letter queue; the one its redrive policy names otherwise. */
  readonly deadUrl?: string;
  /** Shared by several queues. */
  readonly connection?: SqsConnection;
}

/** A standard queue of SQS. Times are rounded up to whole seconds, which is what SQS knows. */
export class SqsQueue<M> implements Queue<M> {
  readonly name: string;
  readonly dead: SqsDeadLetters;
  readonly #calls: SqsCalls;
  readonly #clock: Clock;

  constructor(url: string, options: SqsQueueOptions = {}, clock: Clock = systemClock) {
    this.name = options.name ?? url.split('/').at(-1) ?? url;
    this.#calls = new SqsCalls(url, options.connection ?? new SqsConnection(options, clock));
    this.#clock = clock;
    this.dead = new SqsDeadLetters(this.#calls, options.deadUrl);
  }

  async send(message: M, options: SendOptions = {}): Promise<void> {
    const MessageBody = messageBody(message, options);
    const { delayMs = 0, correlationId } = options;
    const command = new SendMessageCommand({
      QueueUrl: this.#calls.url,
      MessageBody,
      DelaySeconds: Math.ceil(delayMs / 1_000),
      ...(correlationId ? { MessageAttributes: { [CORRELATION_ID]: textAttribute(correlationId) } } : {}),
    });
    await this.#calls.request('sending', (client, { signal }) => client.send(command, { abortSignal: signal }));
  }

  async receive(options: ReceiveOptions): Promise<readonly Delivery[]> {
    assertReceiveOptions(options);
    if (options.signal?.aborted) return [];
    const visibility_s = Math.ceil(options.visibilityMs / 1_000);
    const poll = new AbortController();
    const asked = this.#poll(options, visibility_s, poll.signal);
    const isCalledOff = await this.#untilAnswered(asked, options.signal, poll);
    if (isCalledOff && poll.signal.aborted) return [];
    const messages = await asked;
    const deliveries = messages.map(
      (message) => new SqsDelivery(message, this.#calls, this.dead, this.#clock, visibility_s),
    );
    if (!isCalledOff) return deliveries;
    await Promise.all(deliveries.map((delivery) => delivery.release(0)));
    return [];
  }

  async depth(): Promise<QueueDepth> {
    const dead = await this.dead.calls();
    const [main, letters] = await Promise.all([counts(this.#calls), counts(dead)]);
    const { ready, inFlight, delayed } = main;
    return { ready, inFlight, delayed, dead: letters.ready + letters.inFlight + letters.delayed, oldestAgeMs: null };
  }

  async #poll(options: ReceiveOptions, visibility_s: number, signal: AbortSignal): Promise<readonly Message[]> {
    const wait_s = Math.ceil(options.waitMs / 1_000);
    const command = new ReceiveMessageCommand({
      QueueUrl: this.#calls.url,
      MaxNumberOfMessages: options.max,
      WaitTimeSeconds: wait_s,
      VisibilityTimeout: visibility_s,
      MessageSystemAttributeNames: ['ApproximateReceiveCount', 'SentTimestamp'],
      MessageAttributeNames: [CORRELATION_ID],
    });
    const requestTimeout = wait_s * 1_000 + POLL_MARGIN_MS;
    const { Messages = [] } = await this.#calls.request(
      'receiving',
      (client, attempt) => client.send(command, { abortSignal: attempt.signal, requestTimeout }),
      // A poll without an answer may have taken messages: they come back, and the next poll is the caller's.
      { signal, isRepeatable: false },
    );
    return Messages;
  }

  /** True when the receive was called off before it was answered; the poll is then aborted unless it is answered soon. */
  async #untilAnswered(
    asked: Promise<readonly Message[]>,
    signal: AbortSignal | undefined,
    poll: AbortController,
  ): Promise<boolean> {
    const answered = asked.then(
      () => {},
      () => {}, // the caller awaits `asked` itself
    );
    if (signal === undefined) return false;
    await abortable(answered, signal).catch(() => {});
    if (!signal.aborted) return false;
    const over = new AbortController();
    const isLate = await Promise.race([
      answered.then(() => false),
      this.#clock.sleep(CALLED_OFF_MS, over.signal).then(() => true),
    ]);
    over.abort();
    if (isLate) poll.abort();
    return true;
  }
}

async function counts(calls: SqsCalls) {
  const AttributeNames = [
    'ApproximateNumberOfMessages',
    'ApproximateNumberOfMessagesNotVisible',
    'ApproximateNumberOfMessagesDelayed',
  ] as const;
  const { Attributes } = await calls.request('reading the attributes', (client) =>
    client.send(new GetQueueAttributesCommand({ QueueUrl: calls.url, AttributeNames: [...AttributeNames] })),
  );
  const [ready, inFlight, delayed] = AttributeNames.map((name) => Number(Attributes?.[name] ?? 0));
  return { ready: ready ?? 0, inFlight: inFlight ?? 0, delayed: delayed ?? 0 };
}
