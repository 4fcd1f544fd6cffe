import { Semaphore } from '@slipstream/runtime';
import { SlipstreamError } from '@slipstream/shared';
import type { TesseractWorker } from './tesseract-worker.ts';

/** A place for a worker: null until one is needed, and again after one broke. */
interface Slot {
  worker: Promise<TesseractWorker> | null;
}

/**
 * Warm workers, lent to one job at a time in the order in which the jobs came.
 *
 *   empty ──first job or prewarm──► warm ──lent──► busy ──answered──► warm
 *     ▲                                             │
 *     └──────────── failed, crashed or aborted ─────┘   the worker is ended; the next job starts another
 */
export class WorkerPool {
  readonly #start: () => Promise<TesseractWorker>;
  readonly #slots: Slot[];
  readonly #free: Slot[];
  readonly #places: Semaphore;
  readonly #closing = new AbortController();

  constructor(size: number, start: () => Promise<TesseractWorker>) {
    this.#start = start;
    this.#slots = Array.from({ length: size }, () => ({ worker: null }));
    this.#free = [...this.#slots];
    this.#places = new Semaphore(size);
  }

  async prewarm(): Promise<void> {
    await Promise.all(this.#slots.map((slot) => this.#workerOf(slot)));
  }

  /** Runs `job` with a worker of its own. When `signal` fires, the worker is ended in the middle of it: ABORTED. */
  async run<T>(job: (worker: TesseractWorker) => Promise<T>, signal: AbortSignal): Promise<T> {
    const calledOff = AbortSignal.any([signal, this.#closing.signal]);
    const slot = await this.#take(calledOff);
    try {
      const worker = await this.#usableWorkerOf(slot);
      return await endingOnAbort(worker, () => job(worker), calledOff);
    } finally {
      await this.#give(slot);
    }
  }

  /** What is being read ends ABORTED. */
  async close(): Promise<void> {
    this.#closing.abort();
    const workers = await Promise.allSettled(this.#slots.map(({ worker }) => worker));
    await Promise.all(workers.map((started) => (started.status === 'fulfilled' ? started.value?.close() : undefined)));
  }

  #workerOf(slot: Slot): Promise<TesseractWorker> {
    slot.worker ??= this.#start().catch((thrown: unknown) => {
      slot.worker = null;
      throw thrown;
    });
    return slot.worker;
  }

  /** A worker may have crashed while nobody used it. */
  async #usableWorkerOf(slot: Slot): Promise<TesseractWorker> {
    const worker = await this.#workerOf(slot);
    if (worker.isUsable) return worker;
    slot.worker = null;
    return this.#workerOf(slot);
  }

  async #take(signal: AbortSignal): Promise<Slot> {
    await this.#places.acquire(signal).catch(() => {
      throw aborted();
    });
    const slot = this.#free.shift();
    if (slot === undefined) throw new SlipstreamError('INTERNAL', 'There are more places than workers.');
    return slot;
  }

  async #give(slot: Slot): Promise<void> {
    const worker = await slot.worker;
    if (worker !== null && !worker.isUsable) {
      slot.worker = null;
      await worker.close();
    }
    this.#free.push(slot);
    this.#places.release();
  }
}

async function endingOnAbort<T>(worker: TesseractWorker, job: () => Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) throw aborted();
  const end = () => void worker.close();
  signal.addEventListener('abort', end, { once: true });
  try {
    return await job();
  } finally {
    signal.removeEventListener('abort', end);
  }
}

function aborted(): SlipstreamError {
  return new SlipstreamError('ABORTED', 'The reading was called off.');
}
