import type { Page } from './page.ts';

/**
 * A standard queue as SQS keeps it: at least once, no order, a message that was received stays invisible until its
 * visibility timeout ends, and then comes again.
 */
export interface Queue<M> {
  readonly name: string;

  /** Durable when it resolves. `LIMIT_EXCEEDED` for a body over `MESSAGE_BYTES_MAX` or a delay over `MESSAGE_DELAY_MS_MAX`. */
  send(message: M, options?: SendOptions): Promise<void>;

  /**
   * At most `max` deliveries (1 to 10); waits up to `waitMs` for the first. An aborted signal ends the wait with an
   * empty list and leaves nothing in flight.
   */
  receive(options: ReceiveOptions): Promise<readonly Delivery[]>;

  depth(): Promise<QueueDepth>;

  readonly dead: DeadLetterQueue;
}

export interface SendOptions {
  readonly delayMs?: number;
  /** Travels as a message attribute, from the upload to the last log line. */
  readonly correlationId?: string;
}

export interface ReceiveOptions {
  readonly max: number;
  readonly waitMs: number;
  readonly visibilityMs: number;
  readonly signal?: AbortSignal;
}

/** One receipt of one message. Another receipt of the same message has the same `id` and a higher `receiveCount`. */
export interface Delivery {
  readonly id: string;
  /** The message as it came, not to be trusted: `parseMessage` checks it. */
  readonly body: string;
  readonly receiveCount: number;
  /** Epoch milliseconds of the first send. */
  readonly sentAt: number;
  readonly correlationId: string | null;

  /** Invisible for `visibilityMs` from now on. `LEASE_LOST` when it is not ours any more. */
  extend(visibilityMs: number): Promise<void>;
  /** Done with: deletes the message. `LEASE_LOST` where the home knows that it is not ours any more. */
  ack(): Promise<void>;
  /** Gives it back, to be received again after `delayMs` (0: at once). `LEASE_LOST` when it is not ours any more. */
  release(delayMs: number): Promise<void>;
  /** Moves it to the dead letters with its reason; repeated, it stays one letter. */
  reject(reason: DeadLetterReason): Promise<void>;
}

export interface DeadLetterReason {
  readonly code: string;
  readonly message: string;
  /** Ids and versions that help to find the cause: the input key, the engine's version. */
  readonly details?: Readonly<Record<string, string | number | boolean | null>>;
}

export interface DeadLetter {
  readonly id: string;
  readonly body: string;
  /** null where the queue itself moved it (receive count exhausted). */
  readonly reason: DeadLetterReason | null;
  readonly receiveCount: number;
  /** Epoch milliseconds. */
  readonly deadAt: number;
}

export interface DeadLetterQueue {
  /** For consumers that hold no delivery (a Lambda function): what `Delivery.reject` does, but for the delete. The same id again stays one letter. */
  put(letter: {
    readonly id: string;
    readonly body: string;
    readonly reason: DeadLetterReason;
    readonly receiveCount: number;
  }): Promise<void>;
  list(options: { readonly limit: number; readonly cursor?: string | null }): Promise<Page<DeadLetter>>;
  get(id: string): Promise<DeadLetter | null>;
  /** Sends the letter's body again and removes the letter, in this order; false when it is gone already. */
  redrive(id: string): Promise<boolean>;
  /** Removes the letter for good; false when it is gone already. */
  remove(id: string): Promise<boolean>;
}

export interface QueueDepth {
  readonly ready: number;
  readonly inFlight: number;
  readonly delayed: number;
  readonly dead: number;
  /** Age of the oldest message that is not dead; null when empty, or where the home does not know it (SQS). */
  readonly oldestAgeMs: number | null;
}
