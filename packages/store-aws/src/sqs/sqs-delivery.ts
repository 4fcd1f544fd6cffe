import type { Message } from '@aws-sdk/client-sqs';
import {
  assertVisibility,
  type Clock,
  type DeadLetterReason,
  type Delivery,
  SlipstreamError,
} from '@slipstream/shared';
import { CORRELATION_ID } from './correlation-id.ts';
import type { SqsCalls } from './sqs-calls.ts';
import type { SqsDeadLetters } from './sqs-dead-letters.ts';

/**
 * One receipt of a message. SQS takes calls with an old receipt handle in silence, some of them even with effect on
 * whoever holds the message now; so a receipt whose time is over by our own clock is refused here and calls nothing.
 */
export class SqsDelivery implements Delivery {
  readonly id: string;
  readonly body: string;
  readonly receiveCount: number;
  readonly sentAt: number;
  readonly correlationId: string | null;
  readonly #handle: string;
  readonly #calls: SqsCalls;
  readonly #dead: SqsDeadLetters;
  readonly #clock: Clock;
  /** Monotonic. */
  #endsAt: number;
  #isRemoved = false;

  constructor(message: Message, calls: SqsCalls, dead: SqsDeadLetters, clock: Clock, visibility_s: number) {
    this.id = message.MessageId ?? '';
    this.body = message.Body ?? '';
    this.receiveCount = Number(message.Attributes?.ApproximateReceiveCount ?? 1);
    this.sentAt = Number(message.Attributes?.SentTimestamp ?? 0);
    this.correlationId = message.MessageAttributes?.[CORRELATION_ID]?.StringValue ?? null;
    this.#handle = message.ReceiptHandle ?? '';
    this.#calls = calls;
    this.#dead = dead;
    this.#clock = clock;
    this.#endsAt = clock.monotonic() + visibility_s * 1_000;
  }

  async extend(visibilityMs: number): Promise<void> {
    assertVisibility(visibilityMs);
    this.#assertOurs();
    const visibility_s = Math.ceil(visibilityMs / 1_000);
    // Counted from before the call, which may wait for others and be repeated: rather too short than too long.
    const askedAt = this.#clock.monotonic();
    await this.#calls.changeVisibility({ handle: this.#handle, visibility_s });
    this.#endsAt = askedAt + visibility_s * 1_000;
  }

  async release(delayMs: number): Promise<void> {
    assertVisibility(delayMs);
    this.#assertOurs();
    this.#endsAt = Number.NEGATIVE_INFINITY;
    await this.#calls.changeVisibility({ handle: this.#handle, visibility_s: Math.ceil(delayMs / 1_000) });
  }

  async ack(): Promise<void> {
    if (this.#isRemoved) return;
    this.#assertOurs();
    await this.#calls.delete(this.#handle);
    this.#isRemoved = true;
  }

  /** The letter first: a message may be dead twice, which reads as one, but never gone without a letter. */
  async reject(reason: DeadLetterReason): Promise<void> {
    if (this.#isRemoved) return;
    this.#assertOurs();
    await this.#dead.put({ id: this.id, body: this.body, reason, receiveCount: this.receiveCount }, this.correlationId);
    await this.#calls.delete(this.#handle);
    this.#isRemoved = true;
  }

  #assertOurs(): void {
    if (this.#clock.monotonic() < this.#endsAt) return;
    throw new SlipstreamError('LEASE_LOST', 'The visibility timeout of this receipt is over, or it was released.');
  }
}
