import {
  assertLimit,
  assertVisibility,
  type Clock,
  type DeadLetterReason,
  type Delivery,
  SlipstreamError,
  VISIBILITY_MS_MAX,
} from '@slipstream/shared';
import type { Connection } from '../database/connection.ts';
import type { Writer } from '../database/writer.ts';
import type { Arrivals } from './arrivals.ts';
import { buryMessage, hasLetter } from './dead-letter-table.ts';
import { deleteMessage, type MessageRow, selectMessage, updateMessage } from './message-table.ts';

/** What a delivery works with. */
export interface QueueHome {
  readonly queue: string;
  readonly connection: Connection;
  readonly writer: Writer;
  readonly arrivals: Arrivals;
  readonly clock: Clock;
}

/** A message in flight. */
interface HeldMessage extends MessageRow {
  readonly receivedAt: number;
}

/** One receipt of a message. It is the message's holder until the visibility ends or another one receives it. */
export class EmbeddedDelivery implements Delivery {
  readonly id: string;
  readonly body: string;
  readonly receiveCount: number;
  readonly sentAt: number;
  readonly correlationId: string | null;
  readonly #home: QueueHome;
  readonly #sequence: number;
  #acked = false;

  constructor(home: QueueHome, row: MessageRow) {
    this.id = row.id;
    this.body = row.body;
    this.receiveCount = row.receiveCount;
    this.sentAt = row.sentAt;
    this.correlationId = row.correlationId;
    this.#home = home;
    this.#sequence = row.sequence;
  }

  async extend(visibilityMs: number): Promise<void> {
    assertVisibility(visibilityMs);
    await this.#home.writer.run((connection) => {
      const { row, nowMs } = this.#leased(connection);
      // SQS: 12 hours in one receiver's hands, counted from the receive.
      const heldMs = nowMs - row.receivedAt + visibilityMs;
      assertLimit('visibilityMs from the receive on', heldMs, 0, VISIBILITY_MS_MAX);
      updateMessage(connection, { ...row, visibleAt: nowMs + visibilityMs, scheduledAt: nowMs });
    });
  }

  /** An expired delivery may still delete its message as long as nobody else received it: the work is done. */
  async ack(): Promise<void> {
    if (this.#acked) return;
    await this.#home.writer.run((connection) => deleteMessage(connection, this.#held(connection)));
    this.#acked = true;
  }

  async release(delayMs: number): Promise<void> {
    assertVisibility(delayMs);
    await this.#home.writer.run((connection) => {
      const { row, nowMs } = this.#leased(connection);
      updateMessage(connection, { ...row, receivedAt: null, visibleAt: nowMs + delayMs, scheduledAt: nowMs });
    });
    this.#home.arrivals.notify(this.#home.queue);
  }

  async reject(reason: DeadLetterReason): Promise<void> {
    const { queue, clock } = this.#home;
    await this.#home.writer.run((connection) => {
      const message = this.#holds(connection);
      if (message !== null) return buryMessage(connection, { message, reason, deadAt: clock.now() });
      if (!hasLetter(connection, queue, this.id)) throw this.#leaseLost();
    });
  }

  /** The message, while nobody else received it; else null. */
  #holds(connection: Connection): HeldMessage | null {
    const row = selectMessage(connection, this.#home.queue, this.#sequence);
    if (row === null || row.receivedAt === null || row.receiveCount !== this.receiveCount) return null;
    return { ...row, receivedAt: row.receivedAt };
  }

  #held(connection: Connection): HeldMessage {
    const row = this.#holds(connection);
    if (row === null) throw this.#leaseLost();
    return row;
  }

  /** The message, while it is invisible to all others. */
  #leased(connection: Connection): { readonly row: HeldMessage; readonly nowMs: number } {
    const row = this.#held(connection);
    const nowMs = this.#home.clock.now();
    if (row.visibleAt <= nowMs) throw this.#leaseLost();
    return { row, nowMs };
  }

  #leaseLost(): SlipstreamError {
    return new SlipstreamError('LEASE_LOST', 'The message is not ours any more; stop working on it.', {
      details: { queue: this.#home.queue, message_id: this.id, receive_count: this.receiveCount },
    });
  }
}
