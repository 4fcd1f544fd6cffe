import { Limiter } from './limiter.ts';
import { MacVisionError } from './mac-vision-error.ts';

/** Vision was seen to dead-lock from five images at once on; the native addon refuses a fifth. */
export const CONCURRENCY_MAX = 4;
export const CONCURRENCY_DEFAULT = 1;

export interface JobLimits {
  signal: AbortSignal | undefined;
  /** Time at work; waiting for a place is not counted. */
  timeoutMs: number | undefined;
}

/**
 * Gives jobs their places. A caller hears of a cancel or a time-out at once, but the place stays taken until the work
 * itself has settled: Vision may need seconds to notice.
 */
export class JobQueue {
  readonly #limiter: Limiter;
  readonly #underWay = new Set<Promise<unknown>>();
  #closed = false;

  constructor(concurrency: number = CONCURRENCY_DEFAULT) {
    if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > CONCURRENCY_MAX) {
      throw new MacVisionError('invalid_option', `concurrency must be a whole number from 1 to ${CONCURRENCY_MAX}`);
    }
    this.#limiter = new Limiter(concurrency);
  }

  async run<T>(work: (signal: AbortSignal) => Promise<T>, limits: JobLimits): Promise<T> {
    if (this.#closed) throw new MacVisionError('closed', 'this MacVision is closed');
    const expiry = new AbortController();
    const signal = limits.signal ? AbortSignal.any([limits.signal, expiry.signal]) : expiry.signal;
    const done = this.#limiter.run(() => withinTime(() => work(signal), limits.timeoutMs, expiry), signal);
    this.#track(done);
    return settledOrAborted(done, signal);
  }

  /** Refuses further jobs and waits for those that were taken. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#underWay);
  }

  #track(done: Promise<unknown>): void {
    this.#underWay.add(done);
    const forget = () => this.#underWay.delete(done);
    done.then(forget, forget);
  }
}

async function withinTime<T>(
  work: () => Promise<T>,
  timeoutMs: number | undefined,
  expiry: AbortController,
): Promise<T> {
  if (timeoutMs === undefined) return work();
  const expire = () => expiry.abort(new MacVisionError('timeout', `Vision took longer than ${timeoutMs} ms`));
  const timer = setTimeout(expire, timeoutMs);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
  }
}

function settledOrAborted<T>(done: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    done.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
    if (signal.aborted) abort();
  });
}
