import {
  assertReceiveOptions,
  type DeadLetterQueue,
  type Delivery,
  messageBody,
  type Queue,
  type QueueDepth,
  type ReceiveOptions,
  type SendOptions,
} from '@slipstream/shared';
import type { Expectation } from './arrivals.ts';
import { EmbeddedDeadLetters } from './embedded-dead-letters.ts';
import { EmbeddedDelivery, type QueueHome } from './embedded-delivery.ts';
import { insertMessage, nextVisibleAt } from './message-table.ts';
import { selectDepth } from './queue-depth.ts';
import { takeMessages, untakeMessages } from './take-messages.ts';

export interface QueueOptions {
  /** Receives after which a message is moved to the dead letters, as SQS's redrive policy does it. */
  readonly maxReceiveCount?: number;
}

export class EmbeddedQueue<M> implements Queue<M> {
  readonly name: string;
  readonly dead: DeadLetterQueue;
  readonly #home: QueueHome;
  readonly #receiveCountMax: number;

  constructor(home: QueueHome, receiveCountMax: number) {
    this.name = home.queue;
    this.dead = new EmbeddedDeadLetters(home);
    this.#home = home;
    this.#receiveCountMax = receiveCountMax;
  }

  async send(message: M, options: SendOptions = {}): Promise<void> {
    const body = messageBody(message, options);
    const { queue, writer, arrivals, clock } = this.#home;
    const { delayMs = 0, correlationId = null } = options;
    await writer.run((connection) => {
      const sentAt = clock.now();
      insertMessage(connection, { queue, body, correlationId, sentAt, visibleAt: sentAt + delayMs });
    });
    // Delayed ones too: a receiver that waits has to learn when to look again.
    arrivals.notify(queue);
  }

  async receive(options: ReceiveOptions): Promise<readonly Delivery[]> {
    assertReceiveOptions(options);
    const { queue, arrivals, clock } = this.#home;
    const deadline = clock.monotonic() + options.waitMs;
    while (options.signal?.aborted !== true && !arrivals.isClosed) {
      const expectation = arrivals.expect(queue);
      try {
        const deliveries = await this.#take(options);
        const leftMs = deadline - clock.monotonic();
        if (deliveries.length > 0 || leftMs <= 0) return deliveries;
        await this.#wait(expectation, leftMs, options.signal);
      } finally {
        expectation.cancel();
      }
    }
    return [];
  }

  async depth(): Promise<QueueDepth> {
    const { queue, connection, clock } = this.#home;
    return connection.read((open) => selectDepth(open, queue, clock.now()));
  }

  async #take(options: ReceiveOptions): Promise<Delivery[]> {
    const { queue, connection, writer, clock } = this.#home;
    // Looking costs no write lock, so that a receiver that waits is not in the way of those who work.
    const visibleAt = await connection.read((open) => nextVisibleAt(open, queue));
    if (visibleAt === null || visibleAt > clock.now()) return [];

    const rows = await writer.run((open) => {
      if (options.signal?.aborted === true) return [];
      const { max, visibilityMs } = options;
      return takeMessages(open, {
        queue,
        max,
        visibilityMs,
        receiveCountMax: this.#receiveCountMax,
        nowMs: clock.now(),
      });
    });
    if (options.signal?.aborted === true && rows.length > 0) {
      // Called off between the commit and here: nobody has seen them, so they were not received.
      await writer.run((open) => untakeMessages(open, rows, clock.now()));
      this.#home.arrivals.notify(queue);
      return [];
    }
    return rows.map((row) => new EmbeddedDelivery(this.#home, row));
  }

  /** Until something arrives, becomes visible, is called off, or the time is over. */
  async #wait(expectation: Expectation, leftMs: number, signal: AbortSignal | undefined): Promise<void> {
    const { queue, connection, clock } = this.#home;
    const visibleAt = await connection.read((open) => nextVisibleAt(open, queue));
    const pauseMs = visibleAt === null ? leftMs : Math.min(leftMs, Math.max(1, visibleAt - clock.now()));
    if (signal?.aborted === true) return;
    const over = new AbortController();
    const end = () => over.abort();
    signal?.addEventListener('abort', end, { once: true });
    await Promise.race([expectation.arrived, clock.sleep(pauseMs, over.signal)]);
    signal?.removeEventListener('abort', end);
    over.abort();
  }
}
