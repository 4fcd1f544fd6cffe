import {
  type DeadLetterReason,
  type Delivery,
  type QueueDepth,
  type ReceiveOptions,
  SlipstreamError,
} from '@slipstream/shared';
import type { FakeClock } from '@slipstream/testing';

/** What became of one message, call by call. */
export interface Fate {
  readonly body: string;
  readonly calls: string[];
  readonly reasons: DeadLetterReason[];
  /** What the next calls throw. */
  extendFails: Error | null;
  ackFails: Error[];
}

/** A queue that hands out what it is given, once each, and writes down what is done with it. */
export class FakeQueue {
  readonly name = 'fake';
  readonly fates: Fate[] = [];
  readonly receives: { readonly max: number; readonly at: number }[] = [];
  readonly sent: unknown[] = [];
  receiveFails: Error | null = null;
  /** How long a release takes. */
  releaseMs: (body: string) => number = () => 0;
  readonly #clock: FakeClock;
  readonly #ready: Fate[] = [];

  constructor(clock: FakeClock) {
    this.#clock = clock;
  }

  put(...bodies: string[]): Fate[] {
    const fates = bodies.map((body): Fate => ({ body, calls: [], reasons: [], extendFails: null, ackFails: [] }));
    this.fates.push(...fates);
    this.#ready.push(...fates);
    return fates;
  }

  async send(message: unknown): Promise<void> {
    this.sent.push(message);
  }

  async depth(): Promise<QueueDepth> {
    return { ready: this.#ready.length, inFlight: 0, delayed: 0, dead: 0, oldestAgeMs: null };
  }

  async receive({ max, waitMs, signal }: ReceiveOptions): Promise<readonly Delivery[]> {
    this.receives.push({ max, at: this.#clock.monotonic() });
    if (this.receiveFails !== null) throw this.receiveFails;
    const end = this.#clock.monotonic() + waitMs;
    while (this.#ready.length === 0 && this.#clock.monotonic() < end && !signal?.aborted) {
      await this.#clock.sleep(Math.min(100, end - this.#clock.monotonic()), signal);
    }
    if (signal?.aborted) return [];
    return this.#ready.splice(0, max).map((fate, index) => this.#delivery(fate, index));
  }

  #delivery(fate: Fate, index: number): Delivery {
    return {
      id: `m${index}`,
      body: fate.body,
      receiveCount: 1,
      sentAt: 0,
      correlationId: null,
      extend: async () => {
        fate.calls.push('extend');
        if (fate.extendFails) throw fate.extendFails;
      },
      ack: async () => {
        fate.calls.push('ack');
        const error = fate.ackFails.shift();
        if (error) throw error;
      },
      release: async (delayMs) => {
        await this.#clock.sleep(this.releaseMs(fate.body));
        fate.calls.push(`release ${delayMs}`);
      },
      reject: async (reason) => {
        fate.calls.push('reject');
        fate.reasons.push(reason);
      },
    };
  }
}

export const UNREACHABLE = new SlipstreamError('STORE_UNAVAILABLE', 'The network does not answer.');
export const REFUSED = new SlipstreamError('LEASE_LOST', 'It is somebody else’s.');
