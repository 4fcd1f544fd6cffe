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
/** Timers do not tell less apart. */
const INSTANT_MS = 1;

/** When something holds no longer, by every clock: each may be wrong about the time that has passed. */
interface Deadline {
  /** Epoch milliseconds: may be set. */
  readonly wall: number;
  /** May not count sleep. */
  readonly monotonic: number;
  /** Counts sleep; read from the system in coarse steps. */
  readonly elapsed: number;
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
  /** Monotonic. */
  readonly receivedAt: number;
  readonly #clock: Clock;
  readonly #elapsed: () => number;
  readonly #limits: LeaseLimits;
  readonly #lost = new AbortController();
  readonly #ended = new AbortController();
  readonly #heldUntil: number;
  /** Until when the queue surely keeps the message from others. */
  #deadline: Deadline;
  /** The monotonic time at which it has to be taken as lost without another extension. */
  #lostAt: number;
  #expiresAt: number;
  /** Whether an extension has told when the queue's time began: a long poll's answer does not. */
  #isAnchored = false;
  #extensions = 0;
  #claim: ((expiresAt: number) => Promise<boolean>) | null = null;
  #end: LeaseEnd | null = null;

  /**
   * `askedAt`: the monotonic time when the receive was sent, less what was slept since. The queue counts from somewhere between then and now, so
   * that only what is reckoned from then is sure; a lease that is not sure for long is extended at once.
   */
  constructor(
    delivery: Delivery,
    clock: Clock,
    limits: LeaseLimits,
    askedAt: number,
    elapsed: () => number = () => clock.monotonic(),
  ) {
    this.delivery = delivery;
    this.receivedAt = clock.monotonic();
    this.#clock = clock;
    this.#elapsed = elapsed;
    this.#limits = limits;
    this.#deadline = this.#in(limits.visibility_ms - (clock.monotonic() - askedAt));
    this.#lostAt = clock.monotonic() + limits.visibility_ms * LOST_AT;
    this.#expiresAt = clock.now() + limits.visibility_ms;
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

  /** Epoch milliseconds: until when it holds unless it is extended; what hangs on it ends with it. */
  get expiresAt(): number {
    return this.#expiresAt;
  }

  /** Whether the queue still keeps the message from others, by every clock. */
  get isSure(): boolean {
    const { wall, monotonic, elapsed } = this.#deadline;
    return this.#clock.monotonic() < monotonic && this.#clock.now() < wall && this.#elapsed() < elapsed;
  }

  /** `renew` moves what else hangs on this lease to a new expiry; false when it belongs to somebody else by now. */
  attachClaim(renew: (expiresAt: number) => Promise<boolean>): void {
    this.#claim = renew;
  }

  /** Keeps the lease by extending it, until it is ended or lost. Never rejects. */
  async keep(): Promise<void> {
    const { visibility_ms } = this.#limits;
    let wait = this.#deadline.monotonic - visibility_ms * (1 - EXTEND_AT) - this.#clock.monotonic();
    while (this.#isHeld()) {
      await this.#clock.sleep(Math.max(0, Math.min(wait, this.#untilLost())), this.#ended.signal);
      if (!this.#isHeld()) return;
      if (this.#untilLost() < INSTANT_MS) return this.lose('unextended');
      if (this.#extensions >= this.#limits.extensions_max || this.#clock.monotonic() >= this.#heldUntil) {
        return this.lose('exhausted');
      }
      const extended = await this.#extendInTime();
      wait = visibility_ms * (extended ? EXTEND_AT : RETRY_AFTER);
    }
  }

  /**
   * Returns while the lease surely holds; `ABORTED` else. Where that is open, the queue is asked by extending it: for one
   * of a long poll that was not extended yet, and where another clock than the monotonic one says that it is over (the
   * wall clock was set, or the machine slept and the next tick has not told yet).
   */
  async confirm(): Promise<void> {
    if (this.#isHeld() && !this.isSure) {
      const isOver = this.#isAnchored && this.#clock.monotonic() >= this.#deadline.monotonic;
      if (isOver || this.#untilLost() < INSTANT_MS || !(await this.#extendInTime())) this.lose('unextended');
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
    return {
      wall: this.#clock.now() + ms,
      monotonic: this.#clock.monotonic() + ms,
      elapsed: this.#elapsed() + ms,
    };
  }

  /** Milliseconds until it has to be taken as lost. */
  #untilLost(): number {
    return this.#lostAt - this.#clock.monotonic();
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
    if (!this.#isHeld()) return false;
    this.#deadline = deadline;
    this.#lostAt = deadline.monotonic - visibility_ms * (1 - LOST_AT);
    this.#expiresAt = deadline.wall;
    this.#isAnchored = true;
    return true;
  }
}

const SENTENCES: Readonly<Record<LeaseEnd, string>> = {
  refused: 'another worker holds it by now',
  unextended: 'it could not be extended in time',
  exhausted: 'it was held for as long as a message may be held',
  slept: 'the machine slept meanwhile',
  stopped: 'the worker stops',
};

function leaseLost(end: LeaseEnd): SlipstreamError {
  return new SlipstreamError('ABORTED', `The work was called off: ${SENTENCES[end]}.`, { details: { lease: end } });
}
