import type { IndexRecords, WriterLease } from '@slipstream/records';
import { type Clock, SlipstreamError } from '@slipstream/shared';

/** Three renewals fit into a lease, so that one that fails is made up for. */
const RENEWALS_PER_LEASE = 3;

/**
 * A lease in use. It is renewed in the background while long steps run, by its own owner and fencing number only, and
 * asked for before each commit. One that was lost stays lost.
 */
export class HeldLease {
  readonly #indexRecords: IndexRecords;
  readonly #clock: Clock;
  readonly #lease_ms: number;
  readonly #stop = new AbortController();
  #lease: WriterLease;
  #isLost = false;

  constructor(
    { indexRecords, clock }: { readonly indexRecords: IndexRecords; readonly clock: Clock },
    lease: WriterLease,
    lease_ms: number,
  ) {
    this.#indexRecords = indexRecords;
    this.#clock = clock;
    this.#lease = lease;
    this.#lease_ms = lease_ms;
  }

  get lease(): WriterLease {
    return this.#lease;
  }

  /** Renews until the lease is given back or lost. */
  async keepAlive(): Promise<void> {
    for (;;) {
      await this.#clock.sleep(this.#lease_ms / RENEWALS_PER_LEASE, this.#stop.signal);
      if (this.#stop.signal.aborted || this.#isLost) return;
      try {
        await this.#renew();
      } catch {
        // The store's trouble: the next renewal may go through, and every commit asks for itself.
      }
    }
  }

  /** The fence: throws `LEASE_LOST` unless the record still names this owner and number, and its time is not over. */
  async assertHeld(): Promise<void> {
    if (!this.#isLost) await this.#renew();
    if (this.#isLost) throw leaseLost(this.#lease.collection);
  }

  async release(): Promise<void> {
    this.#stop.abort();
    await this.#indexRecords.release(this.#lease);
  }

  async #renew(): Promise<void> {
    const renewed = await this.#indexRecords.renew(this.#lease, this.#lease_ms);
    if (renewed) this.#lease = renewed;
    else this.#isLost = true;
  }
}

export function leaseLost(collection: string): SlipstreamError {
  return new SlipstreamError(
    'LEASE_LOST',
    `The writer of ${collection} was away for longer than its lease: another one goes on from here.`,
    { retry: 'later', details: { collection } },
  );
}
