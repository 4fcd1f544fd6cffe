import { type Clock, type Delivery, isSlipstreamError, SlipstreamError, VISIBILITY_MS_MAX } from '@slipstream/shared';

/** Why a lease does not hold any more. */
export type LeaseEnd =
  /** The queue, or the job's record, says that somebody else has it. */
  | 'refused'
  /** No extension succeeded in time: it has to be taken as gone. */
  | 'unextended'
  /** Held for as long as a lease may be held. */
  | 'exhausted'
  /** The machine slept: whatever was agreed before is in doubt. */
  | 'slept'
  /** The worker stops and there is no time left. */
  | 'stopped';

export interface LeaseLimits {
  readonly visibility_ms: number;
  /** Extensions of one lease. */
  readonly extensions_max: number;
  /** From the receipt on. SQS allows 12 hours. */
  readonly held_ms_max: number;
}

/** Extended at this fraction of the visibility timeout, so that one extension may fail and the next still comes in time. */
const EXTEND_AT = 1 / 3;
/** Without an extension for this fraction of it, the lease counts as lost: the rest is for calls under way and clock drift. */
const LOST_AT = 0.8;
/** After a failed extension the next one is tried after this fraction. */
const RETRY_AFTER = 1 / 15;
/** Time-outs of fetch and of long polls end below this: an answer cannot be older when it arrives. */
const ANSWER_AGE_MS_MAX = 5_000;

/** When something holds no longer, by both clocks: either may be wrong about the time that has passed. */
interface Deadline {
  /** Epoch milliseconds. */
  readonly wall: number;
  readonly monotonic: number;
}

/**
 * One delivery while it is in hand.
 *
 *   held ──extend (each third of the visibility)──► held
 *     ├── refused by the queue or by the claim, no extension by 80 %, bounds reached, sleep, stop ──► lost: signal aborts
 *     └── end() ──► ended: settled, nothing to keep
 *
 * Whoever works under it passes `signal` on, and asks `confirm()` before anything that others can see.
 */
export class Lease {
  readonly delivery: Delivery;
  readonly #clock: Clock;
  readonly #limits: LeaseLimits;
  readonly #lost = new AbortController();
  readonly #ended = new AbortController();
  readonly #heldUntil: number;
  #deadline: Deadline;
  #extensions = 0;
  #claim: ((expiresAt: number) => Promise<boolean>) | null = null;
  #end: LeaseEnd | null = null;

  /** `askedAt`: the monotonic time when the receive was sent; the queue counts from somewhere between then and now. */
  constructor(delivery: Delivery, clock: Clock, limits: LeaseLimits, askedAt: number) {
    this.delivery = delivery;
    this.#clock = clock;
    this.#limits = limits;
    const age = Math.min(clock.monotonic() - askedAt, ANSWER_AGE_MS_MAX, limits.visibility_ms / 10);
    this.#deadline = this.#in(limits.visibility_ms - age);
    this.#heldUntil = clock.monotonic() + Math.min(limits.held_ms_max, VISIBILITY_MS_MAX - limits.visibility_ms);
  }

  /** Aborts when the lease is lost. */
  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  /** null while it holds. */
  get lost(): LeaseEnd | null {
    return this.#end;
  }

  /** Epoch milliseconds: until when it holds unless it is extended. */
  get expiresAt(): number {
    return this.#deadline.wall;
  }

  /** `renew` moves what else hangs on this lease to a new expiry; false when it belongs to somebody else by now. */
  attachClaim(renew: (expiresAt: number) => Promise<boolean>): void {
    this.#claim = renew;
  }

  /** Keeps the lease by extending it, until it is ended or lost. Never rejects. */
  async keep(): Promise<void> {
    const { visibility_ms } = this.#limits;
    let wait = visibility_ms * EXTEND_AT;
    while (this.#isHeld()) {
      await this.#clock.sleep(Math.max(0, Math.min(wait, this.#untilLost())), this.#ended.signal);
      if (!this.#isHeld()) return;
      if (this.#untilLost() <= 0) return this.lose('unextended');
      if (this.#extensions >= this.#limits.extensions_max || this.#clock.monotonic() >= this.#heldUntil) {
        return this.lose('exhausted');
      }
      const extended = await this.#extendInTime();
      wait = visibility_ms * (extended ? EXTEND_AT : RETRY_AFTER);
    }
  }

  /**
   * Returns while the lease holds by both clocks; `ABORTED` else. Where only the wall clock says that it is over (a step
   * of the clock, or a sleep that the monotonic clock did not count), the queue is asked by extending it.
   */
  async confirm(): Promise<void> {
    if (this.#isHeld() && this.#clock.monotonic() >= this.#deadline.monotonic) this.lose('unextended');
    if (this.#isHeld() && this.#clock.now() >= this.#deadline.wall && !(await this.#extendInTime())) {
      this.lose('unextended');
    }
    if (this.#end !== null) throw leaseLost(this.#end);
  }

  lose(end: LeaseEnd): void {
    if (!this.#isHeld()) return;
    this.#end = end;
    this.#ended.abort();
    this.#lost.abort(leaseLost(end));
  }

  /** Settled: no more extensions. */
  end(): void {
    this.#ended.abort();
  }

  #isHeld(): boolean {
    return this.#end === null && !this.#ended.signal.aborted;
  }

  #in(ms: number): Deadline {
    return { wall: this.#clock.now() + ms, monotonic: this.#clock.monotonic() + ms };
  }

  /** Milliseconds until it has to be taken as lost. */
  #untilLost(): number {
    return this.#deadline.monotonic - this.#limits.visibility_ms * (1 - LOST_AT) - this.#clock.monotonic();
  }

  /** One extension, given up when the lease counts as lost: an answer that comes later changes nothing. */
  async #extendInTime(): Promise<boolean> {
    const timeout = new AbortController();
    const over = this.#clock.sleep(Math.max(0, this.#untilLost()), timeout.signal).then(() => false);
    const extended = await Promise.race([this.#extend(), over]);
    timeout.abort();
    return extended;
  }

  async #extend(): Promise<boolean> {
    const { visibility_ms } = this.#limits;
    const deadline = this.#in(visibility_ms); // from before the call: the queue counts from a later moment
    this.#extensions += 1;
    try {
      await this.delivery.extend(visibility_ms);
      if (this.#claim !== null && !(await this.#claim(deadline.wall))) {
        this.lose('refused');
        return false;
      }
    } catch (error) {
      // Anything but a refusal may pass; if it does not, the lease is lost for want of an extension.
      if (isSlipstreamError(error, 'LEASE_LOST')) this.lose('refused');
      return false;
    }
    if (this.#isHeld()) this.#deadline = deadline;
    return this.#isHeld();
  }
}

const SENTENCES: Readonly<Record<LeaseEnd, string>> = {
  refused: 'somebody else has it by now',
  unextended: 'it could not be extended in time',
  exhausted: 'it was held for as long as a message may be held',
  slept: 'the machine slept meanwhile',
  stopped: 'the worker stops',
};

function leaseLost(end: LeaseEnd): SlipstreamError {
  return new SlipstreamError('ABORTED', `The work was called off: ${SENTENCES[end]}.`, { details: { lease: end } });
}
