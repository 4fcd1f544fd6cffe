import type { Clock, Delivery, Queue } from '@slipstream/shared';
import { Bell } from './bell.ts';
import { askFor, WAIT_FRACTION_MAX } from './fetch-ahead.ts';
import { Hands } from './hands.ts';
import { HoldOff, type TroubleReports } from './hold-off.ts';
import { Lease, type LeaseEnd, type LeaseLimits } from './lease.ts';
import { settle, settlementOfError } from './settle.ts';
import type { Handled } from './settlement.ts';
import { watchForWake } from './wake-watch.ts';

export interface WorkerOptions {
  readonly queue: Pick<Queue<unknown>, 'receive' | 'depth'>;
  /** Works on one delivery under its lease. What it throws is settled by the error's own verdict. */
  readonly handle: (lease: Lease) => Promise<Handled>;
  readonly reports: WorkerReports;
  readonly clock: Clock;
  /** Milliseconds that count sleep; `sleepCountingClock`. */
  readonly elapsed: () => number;
  readonly random: () => number;
  readonly concurrency: number;
  readonly lease: LeaseLimits;
  /** `drain`: ends when the queue is empty and everything in hand is settled. */
  readonly until: 'stopped' | 'drained';
  /** How long a stop waits for work under way. */
  readonly drain_ms: number;
}

export interface WorkerReports extends TroubleReports {
  readonly onStart: (lease: Lease) => void;
  readonly onEnd: (lease: Lease, handled: Handled, duration_ms: number) => void;
  readonly onWake: (slept_ms: number) => void;
  /** Nothing is in hand any more, however the last of it ended. */
  readonly onIdle: () => void;
}

export type WorkerState = 'idle' | 'working' | 'waiting' | 'draining' | 'stopped';

/** SQS's longest poll: an idle worker makes three requests a minute. */
const POLL_MS = 20_000;
/** A worker that drains once asks like this: long polling looks at every server, so one empty answer is enough. */
const DRAIN_POLL_MS = 2_000;
/** An answer later than its poll by this much has slept on the way. */
const ANSWER_LATE_MS = 10_000;
/** What was aborted gets this long to give its message back. */
const GRACE_MS = 3_000;
/** What waits is looked through this often, as a fraction of the visibility timeout. */
const LOOK_FRACTION = 0.05;
/** Weight of the newest duration in the mean. */
const PACE_WEIGHT = 0.2;

/**
 * Takes messages from a queue and works on several at once, in a sliding window: a free slot takes the next message,
 * whatever the others do. Each is held by a lease of its own, from its receipt until it is settled.
 *
 *   receiving ──stop()──► draining: the poll is aborted, what waits is released, what is under way may finish
 *                            └──drain_ms, or a second stop──► aborted: work is called off and released ──► stopped
 */
export class QueueWorker {
  readonly #options: WorkerOptions;
  readonly #hands = new Hands();
  readonly #changed = new Bell();
  readonly #holdOff: HoldOff;
  readonly #stopping = new AbortController();
  readonly #aborting = new AbortController();
  #poll = new AbortController();
  #workMs: number | null = null;
  #run: Promise<void> | null = null;
  #isStopped = false;

  constructor(options: WorkerOptions) {
    this.#options = options;
    this.#holdOff = new HoldOff(options.clock, options.random, options.reports);
  }

  get state(): WorkerState {
    if (this.#isStopped) return 'stopped';
    if (this.#stopping.signal.aborted) return 'draining';
    if (this.#holdOff.trouble !== null) return 'waiting';
    return this.#hands.total > 0 ? 'working' : 'idle';
  }

  get inHand(): number {
    return this.#hands.total;
  }

  get trouble() {
    return this.#holdOff.trouble;
  }

  /** Runs until it is stopped, or drained. Never rejects for what a message, the queue or the network does. */
  run(): Promise<void> {
    this.#run ??= this.#live();
    return this.#run;
  }

  /** Stops receiving and drains; called again, calls off what is still under way. Resolves when nothing is in hand. */
  async stop(): Promise<void> {
    if (this.#stopping.signal.aborted) this.#aborting.abort();
    this.#stopping.abort();
    this.#poll.abort();
    this.#changed.ring();
    await this.#run;
  }

  async #live(): Promise<void> {
    const { clock, elapsed, drain_ms } = this.#options;
    const ended = new AbortController();
    const watch = watchForWake(clock, elapsed, (slept_ms) => this.#wake(slept_ms), ended.signal);
    const look = this.#giveBackOverdue(ended.signal);
    await this.#receiveUntilStopped();
    this.#stopping.abort();
    this.#giveBackWaiting('stopped');
    await this.#untilEmpty(drain_ms, this.#aborting.signal);
    this.#hands.loseAll('stopped');
    await this.#untilEmpty(GRACE_MS);
    this.#isStopped = true;
    ended.abort();
    await Promise.all([watch, look]);
  }

  async #receiveUntilStopped(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await this.#holdOff.wait(signal);
      if (signal.aborted) return; // its bell has rung already: nobody would hear it below
      const max = this.#room();
      if (max === 0) {
        await this.#changed.wait();
        continue;
      }
      const isEmpty = await this.#receive(max);
      if (isEmpty && (await this.#isDrained())) return;
    }
  }

  /** In trouble, one message at a time finds out whether it has passed. */
  #room(): number {
    const { concurrency, lease } = this.#options;
    if (this.#holdOff.trouble !== null) return this.#hands.total === 0 ? 1 : 0;
    const pace = { concurrency, work_ms: this.#workMs, visibility_ms: lease.visibility_ms };
    return askFor(pace, this.#hands);
  }

  /** One receive. True when the queue answered, and had nothing. */
  async #receive(max: number): Promise<boolean> {
    const { queue, clock, elapsed, lease, until } = this.#options;
    const waitMs = until === 'drained' ? DRAIN_POLL_MS : POLL_MS;
    const asked = { monotonic: clock.monotonic(), elapsed: elapsed() };
    const poll = new AbortController();
    this.#poll = poll;
    if (this.#stopping.signal.aborted) return false;
    let deliveries: readonly Delivery[];
    try {
      deliveries = await queue.receive({ max, waitMs, visibilityMs: lease.visibility_ms, signal: poll.signal });
    } catch (error) {
      if (!poll.signal.aborted) this.#holdOff.failed('queue', error);
      return false;
    }
    this.#holdOff.succeeded('queue');
    // The machine may have slept on the way, and a monotonic clock that does not count it knows nothing of that.
    const age_ms = Math.max(clock.monotonic() - asked.monotonic, elapsed() - asked.elapsed);
    const askedAt = clock.monotonic() - age_ms;
    const leases = deliveries.map((delivery) => new Lease(delivery, clock, lease, askedAt, elapsed));
    const isStale = age_ms > waitMs + ANSWER_LATE_MS;
    for (const one of leases) this.#take(one);
    if (isStale || this.#stopping.signal.aborted) this.#giveBackWaiting(isStale ? 'slept' : 'stopped');
    this.#startWork();
    return deliveries.length === 0 && !poll.signal.aborted;
  }

  #take(lease: Lease): void {
    this.#hands.take(lease);
    lease.signal.addEventListener('abort', () => {
      if (this.#hands.drop(lease)) this.#changed.ring();
    });
    void lease.keep();
  }

  #startWork(): void {
    while (!this.#stopping.signal.aborted && this.#hands.working < this.#options.concurrency) {
      const lease = this.#hands.start();
      if (lease === undefined) return;
      void this.#work(lease);
    }
  }

  async #work(lease: Lease): Promise<void> {
    const { handle, reports, clock, random } = this.#options;
    const startedAt = clock.monotonic();
    reports.onStart(lease);
    const handled = await handle(lease).catch((error: unknown) => settlementOfError(error, lease, random));
    const duration_ms = clock.monotonic() - startedAt;
    this.#workMs = this.#workMs === null ? duration_ms : this.#workMs + PACE_WEIGHT * (duration_ms - this.#workMs);
    if (handled.trouble) this.#holdOff.failed('work', handled.error);
    this.#hands.release(lease);
    this.#startWork();
    this.#changed.ring();
    await this.#settle(lease, handled);
    reports.onEnd(lease, handled, duration_ms);
  }

  async #settle(lease: Lease, handled: Handled): Promise<void> {
    const { clock, random, reports } = this.#options;
    const left = await settle(lease, handled.settlement, clock, random);
    // Rights may be given for receives only, so that the next answer would prove nothing.
    if (left !== null) this.#holdOff.failed(left.code === 'ACCESS_DENIED' ? 'work' : 'queue', left);
    else if (!handled.trouble && handled.outcome !== 'called-off') this.#holdOff.succeeded('work');
    this.#hands.settled(lease);
    this.#changed.ring();
    if (this.#hands.total === 0) reports.onIdle();
  }

  #giveBackWaiting(end: LeaseEnd): void {
    for (const lease of this.#hands.dropWaiting()) {
      lease.lose(end);
      this.#giveBack(lease);
    }
  }

  /** The work has slowed down since they were taken, and another worker may begin them sooner. */
  async #giveBackOverdue(ended: AbortSignal): Promise<void> {
    const { clock, lease } = this.#options;
    while (!ended.aborted) {
      await clock.sleep(lease.visibility_ms * LOOK_FRACTION, ended);
      const since = clock.monotonic() - lease.visibility_ms * WAIT_FRACTION_MAX;
      for (const one of this.#hands.dropWaiting(({ receivedAt }) => receivedAt < since)) this.#giveBack(one);
    }
  }

  #giveBack(lease: Lease): void {
    this.#hands.release(lease);
    void this.#settle(lease, { settlement: { kind: 'release', delay_ms: 0 }, outcome: 'called-off' });
  }

  /** Every lease is in doubt, and so is every connection. */
  #wake(slept_ms: number): void {
    this.#options.reports.onWake(slept_ms);
    this.#giveBackWaiting('slept');
    this.#hands.loseAll('slept');
    this.#poll.abort();
  }

  /** Nothing in hand and nothing ready: what is delayed is left for another run. */
  async #isDrained(): Promise<boolean> {
    if (this.#options.until !== 'drained' || this.#hands.total > 0) return false;
    try {
      return (await this.#options.queue.depth()).ready === 0;
    } catch (error) {
      this.#holdOff.failed('queue', error);
      return false;
    }
  }

  async #untilEmpty(limit_ms: number, cut?: AbortSignal): Promise<void> {
    const over = new AbortController();
    const signal = cut ? AbortSignal.any([over.signal, cut]) : over.signal;
    let isOver = false;
    const end = this.#options.clock.sleep(limit_ms, signal).then(() => {
      isOver = true;
    });
    while (this.#hands.total > 0 && !isOver) await Promise.race([this.#changed.wait(), end]);
    over.abort();
  }
}
