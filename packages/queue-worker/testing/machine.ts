import type { Clock } from '@slipstream/shared';
import type { VirtualTime } from '@slipstream/testing';

/** Whose monotonic clock counts sleep, and whose does not. */
export type MachineKind = 'darwin' | 'linux';

interface Sleeper {
  readonly due: number;
  readonly wake: () => void;
}

const START = Date.UTC(2026, 0, 1);

/** One computer: it sleeps, its wall clock is set, and its programs notice only what its clocks tell them. */
export class Machine {
  readonly name: string;
  readonly kind: MachineKind;
  readonly #time: VirtualTime;
  readonly #sleepers = new Set<Sleeper>();
  #sleptMs = 0;
  #sleepsSince: number | null = null;
  #wallStepMs = 0;
  #onWake: (() => void)[] = [];

  constructor(name: string, kind: MachineKind, time: VirtualTime) {
    this.name = name;
    this.kind = kind;
    this.#time = time;
  }

  /** The clock of one program: it ends with the program. */
  clock(isAlive: () => boolean): Clock {
    return {
      now: () => START + this.#time.now + this.#wallStepMs,
      monotonic: () => this.#monotonic(),
      sleep: (ms, signal) =>
        new Promise((resolve) => {
          if (signal?.aborted) return resolve();
          const done = () => {
            signal?.removeEventListener('abort', done);
            this.#sleepers.delete(sleeper);
            if (isAlive()) resolve();
          };
          const sleeper = { due: this.#monotonic() + ms, wake: done };
          this.#sleepers.add(sleeper);
          signal?.addEventListener('abort', done, { once: true });
          this.#arm(sleeper);
        }),
    };
  }

  /** Milliseconds that count sleep, on both kinds. */
  elapsed(): number {
    return this.#time.now;
  }

  stepWallClock(by_ms: number): void {
    this.#wallStepMs += by_ms;
  }

  sleep(duration_ms: number): void {
    if (this.#sleepsSince !== null) return;
    this.#sleepsSince = this.#time.now;
    this.#time.after(duration_ms, () => this.#wake());
  }

  /** Resolves when the machine is awake: nothing runs, and no answer is read, before. */
  awake(): Promise<void> {
    if (this.#sleepsSince === null) return Promise.resolve();
    return new Promise((resolve) => this.#onWake.push(resolve));
  }

  #wake(): void {
    this.#sleptMs += this.#time.now - (this.#sleepsSince ?? this.#time.now);
    this.#sleepsSince = null;
    // What is overdue fires in the order in which it was due, each in its own turn of the loop.
    for (const sleeper of [...this.#sleepers].sort((a, b) => a.due - b.due)) this.#arm(sleeper);
    for (const read of this.#onWake.splice(0)) this.#time.after(0, read);
  }

  #arm(sleeper: Sleeper): void {
    this.#time.after(sleeper.due - this.#monotonic(), () => {
      if (!this.#sleepers.has(sleeper) || this.#sleepsSince !== null) return;
      // Sums of sleeps are not exact to the last bit.
      if (this.#monotonic() + 0.001 >= sleeper.due) sleeper.wake();
    });
  }

  #monotonic(): number {
    if (this.kind === 'darwin') return this.#time.now;
    const asleep = this.#sleepsSince === null ? 0 : this.#time.now - this.#sleepsSince;
    return this.#time.now - this.#sleptMs - asleep;
  }
}
