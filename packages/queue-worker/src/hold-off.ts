import { type BackoffLimits, backoffMs } from '@slipstream/runtime';
import { type Clock, SlipstreamError } from '@slipstream/shared';

/** Where it showed: at the queue itself, or while working on a message. */
export type TroubleSource = 'queue' | 'work';

export interface Trouble {
  readonly source: TroubleSource;
  readonly error: SlipstreamError;
  /** Epoch milliseconds of the first failure in a row. */
  readonly since: number;
  readonly failures: number;
}

export interface TroubleReports {
  /** Once for each kind of trouble in a row: an outage of hours is one line. */
  readonly onTrouble: (trouble: Trouble) => void;
  readonly onRecovery: (trouble: Trouble) => void;
}

const DEFAULT_LIMITS: BackoffLimits = { firstMs: 1_000, lastMs: 60_000 };

/** Waits, longer each time, while the queue, the network or the credentials fail; says so once, and once when it is over. */
export class HoldOff {
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #reports: TroubleReports;
  readonly #limits: BackoffLimits;
  #trouble: Trouble | null = null;
  #until = 0;

  constructor(clock: Clock, random: () => number, reports: TroubleReports, limits = DEFAULT_LIMITS) {
    this.#clock = clock;
    this.#random = random;
    this.#reports = reports;
    this.#limits = limits;
  }

  get trouble(): Trouble | null {
    return this.#trouble;
  }

  /** Another failure. While one is waited out, further ones change nothing: several jobs fail of the same cause. */
  failed(source: TroubleSource, cause: unknown): void {
    const now = this.#clock.monotonic();
    if (this.#trouble !== null && now < this.#until) return;
    const error = SlipstreamError.from(cause, 'STORE_UNAVAILABLE');
    const before = this.#trouble;
    const failures = (before?.failures ?? 0) + 1;
    this.#trouble = { source, error, since: before?.since ?? this.#clock.now(), failures };
    this.#until = now + backoffMs(failures, this.#limits, this.#random);
    if (before?.error.code !== error.code) this.#reports.onTrouble(this.#trouble);
  }

  /** Work that ended well proves everything; an answer of the queue proves the queue only. */
  succeeded(source: TroubleSource): void {
    const trouble = this.#trouble;
    if (trouble === null || (source === 'queue' && trouble.source === 'work')) return;
    this.#trouble = null;
    this.#reports.onRecovery(trouble);
  }

  /** Resolves when the present wait is over, or at once when there is none or the signal aborts. */
  async wait(signal: AbortSignal): Promise<void> {
    const left = this.#until - this.#clock.monotonic();
    if (this.#trouble !== null && left > 0) await this.#clock.sleep(left, signal);
  }
}
