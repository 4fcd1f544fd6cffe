import { type DeadLetterReason, type ReceiveOptions, SlipstreamError } from '@slipstream/shared';
import type { Random, VirtualTime } from '@slipstream/testing';

interface Message {
  readonly id: string;
  readonly body: string;
  readonly correlationId: string | null;
  readonly sentAt: number;
  visibleAt: number;
  receives: number;
  /** Of the newest receipt. */
  handle: number;
  deleted: boolean;
  /** Handed out once more after it was deleted. */
  revived: boolean;
}

export interface Letter {
  readonly id: string;
  readonly body: string;
  readonly reason: DeadLetterReason | null;
}

/** Receives after which SQS moves a message by itself. */
const RECEIVES_MAX = 100;

/** What a standard queue may do without breaking its promise. */
export interface QueueHabits {
  /** A message is handed out, and stays visible for others. */
  readonly duplicates: number;
  /** A deleted message is handed out once more. */
  readonly revivals: number;
  /** Whether a call with an old receipt handle is refused, or answered as if it had worked. */
  readonly refusesOldHandles: boolean;
}

/** A standard queue by SQS's rules, in virtual time: at least once, in any order. */
export class SimulatedQueue {
  readonly dead = new Map<string, Letter>();
  readonly messages: Message[] = [];
  readonly #time: VirtualTime;
  readonly #random: Random;
  #habits: QueueHabits;
  #handles = 0;
  #count = 0;

  constructor(time: VirtualTime, random: Random, habits: QueueHabits) {
    this.#time = time;
    this.#random = random;
    this.#habits = habits;
  }

  behave(): void {
    this.#habits = { ...this.#habits, duplicates: 0, revivals: 0 };
  }

  get left(): number {
    return this.messages.filter((message) => !message.deleted).length;
  }

  send(body: string, correlationId: string | null, delay_ms = 0): void {
    this.#count += 1;
    const now = this.#time.now;
    this.messages.push({
      id: `m${this.#count}`,
      body,
      correlationId,
      sentAt: now,
      visibleAt: now + delay_ms,
      receives: 0,
      handle: 0,
      deleted: false,
      revived: false,
    });
  }

  /** What is visible now, in any order. */
  take({ max, visibilityMs }: Pick<ReceiveOptions, 'max' | 'visibilityMs'>): Receipt[] {
    const { duplicates, revivals } = this.#habits;
    const visible = this.messages.filter((message) =>
      message.deleted ? !message.revived && this.#random.chance(revivals) : message.visibleAt <= this.#time.now,
    );
    const receipts: Receipt[] = [];
    for (const message of this.#random.shuffled(visible).slice(0, max)) {
      message.receives += 1;
      message.revived = message.deleted;
      if (message.receives > RECEIVES_MAX) {
        this.#bury(message, null);
        continue;
      }
      this.#handles += 1;
      message.handle = this.#handles;
      const isDuplicated = !message.deleted && this.#random.chance(duplicates);
      if (!isDuplicated) message.visibleAt = this.#time.now + visibilityMs;
      const { handle, receives } = message;
      receipts.push({ message, handle, receives, takenAt: this.#time.now });
    }
    return receipts;
  }

  extend(receipt: Receipt, visibility_ms: number): void {
    if (this.#isCurrent(receipt)) receipt.message.visibleAt = this.#time.now + visibility_ms;
  }

  ack(receipt: Receipt): void {
    if (this.#isCurrent(receipt)) receipt.message.deleted = true;
  }

  reject(receipt: Receipt, reason: DeadLetterReason): void {
    if (this.#isCurrent(receipt)) this.#bury(receipt.message, reason);
  }

  #bury(message: Message, reason: DeadLetterReason | null): void {
    this.dead.set(message.id, { id: message.id, body: message.body, reason });
    message.deleted = true;
  }

  #isCurrent({ message, handle }: Receipt): boolean {
    if (!message.deleted && message.handle === handle) return true;
    if (this.#habits.refusesOldHandles)
      throw new SlipstreamError('LEASE_LOST', 'The receipt handle is not the newest.');
    return false;
  }
}

export interface Receipt {
  readonly message: Message;
  readonly handle: number;
  readonly receives: number;
  readonly takenAt: number;
}
