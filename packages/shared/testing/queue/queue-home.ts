import { afterEach, beforeEach, expect } from 'vitest';
import type { Delivery, Queue } from '../../src/ports/queue.ts';
import type { QueueHarness } from '../queue-contract.ts';

/** A queue for each test of a suite; what is returned is to be used inside tests only. */
export function queueForEachTest(makeHarness: () => Promise<QueueHarness>): QueueHome {
  const home = new QueueHome();
  beforeEach(async () => {
    home.harness = await makeHarness();
    await home.renew();
  });
  afterEach(() => home.harness.dispose());
  return home;
}

/** The queue of the running test, with the shorthands that the suites share. */
export class QueueHome {
  #harness: QueueHarness | null = null;
  #queue: Queue<unknown> | null = null;

  get harness(): QueueHarness {
    return this.#harness ?? expect.fail('the home is for use inside a test');
  }

  set harness(harness: QueueHarness) {
    this.#harness = harness;
  }

  get queue(): Queue<unknown> {
    return this.#queue ?? expect.fail('the queue is for use inside a test');
  }

  /** Another queue for this test, which may have other options. */
  async renew(options: { readonly maxReceiveCount?: number } = {}): Promise<void> {
    this.#queue = await this.harness.queue(options);
  }

  /** Receives what is there now. */
  receive(visibilityTicks = 30, max = 10): Promise<readonly Delivery[]> {
    return this.queue.receive({ max, waitMs: 0, visibilityMs: visibilityTicks * this.harness.tickMs });
  }

  async receiveOne(visibilityTicks = 30): Promise<Delivery> {
    const [delivery] = await this.receive(visibilityTicks, 1);
    return delivery ?? expect.fail('nothing was received');
  }
}

export const REASON = {
  code: 'IMAGE_UNREADABLE',
  message: 'The image is damaged.',
  details: { key: 'raw/1', attempt: 2 },
};
