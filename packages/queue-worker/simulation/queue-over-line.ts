import type { Delivery, Queue, QueueDepth, ReceiveOptions } from '@slipstream/shared';
import type { VirtualTime } from '@slipstream/testing';
import type { Receipt, SimulatedQueue } from '../testing/simulated-queue.ts';
import type { Line } from './line.ts';

const POLL_STEP_MS = 4_000;
const DEPTH: QueueDepth = { ready: 0, inFlight: 0, delayed: 0, dead: 0, oldestAgeMs: null };

/** The queue as one program sees it over its line; it notes until when the queue has granted what to that program. */
export class QueueOverLine implements Pick<Queue<unknown>, 'receive' | 'depth'> {
  readonly #queue: SimulatedQueue;
  readonly #line: Line;
  readonly #time: VirtualTime;
  readonly #grantedUntil = new Map<string, number>();

  constructor(queue: SimulatedQueue, line: Line, time: VirtualTime) {
    this.#queue = queue;
    this.#line = line;
    this.#time = time;
  }

  /** The virtual time until which nobody else gets the message; 0 for one that was never handed out here. */
  grantedUntil(id: string): number {
    return this.#grantedUntil.get(id) ?? 0;
  }

  depth(): Promise<QueueDepth> {
    return this.#line.call(() => DEPTH);
  }

  async receive({ max, waitMs, visibilityMs, signal }: ReceiveOptions): Promise<readonly Delivery[]> {
    const end = this.#time.now + waitMs;
    const receipts = await this.#line.call(async () => {
      for (;;) {
        if (signal?.aborted) return [];
        const taken = this.#queue.take({ max, visibilityMs });
        if (taken.length > 0 || this.#time.now >= end) return taken;
        await this.#line.pause(Math.min(POLL_STEP_MS, end - this.#time.now));
      }
    });
    if (signal?.aborted) return [];
    return receipts.map((receipt) => this.#deliveryOf(receipt, visibilityMs));
  }

  #deliveryOf(receipt: Receipt, visibilityMs: number): Delivery {
    const { id, body, correlationId, sentAt } = receipt.message;
    this.#grantedUntil.set(id, receipt.takenAt + visibilityMs);
    return {
      id,
      body,
      correlationId,
      sentAt,
      receiveCount: receipt.receives,
      extend: (ms) =>
        this.#line.call(() => {
          this.#queue.extend(receipt, ms);
          // Granted: an old handle that the queue answers as if it had worked cannot be told from a good one.
          this.#grantedUntil.set(id, this.#time.now + ms);
        }),
      release: (ms) => this.#line.call(() => this.#queue.extend(receipt, ms)),
      ack: () => this.#line.call(() => this.#queue.ack(receipt)),
      reject: (reason) => this.#line.call(() => this.#queue.reject(receipt, reason)),
    };
  }
}
