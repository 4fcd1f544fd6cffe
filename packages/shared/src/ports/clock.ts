/** Time, passed in so that a test can hold it. */
export interface Clock {
  /** Epoch milliseconds: may jump. */
  now(): number;
  /** Milliseconds from an arbitrary start: never goes back. Counts sleep on Darwin, not on Linux. */
  monotonic(): number;
  /** Resolves after `ms`, or at once when the signal aborts. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal?.addEventListener('abort', done, { once: true });
    }),
};

/** The clock's wall time as records store it. */
export function instant(clock: Clock): string {
  return new Date(clock.now()).toISOString();
}
