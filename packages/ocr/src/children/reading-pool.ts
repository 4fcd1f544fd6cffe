import { Semaphore } from '@slipstream/runtime';
import { SlipstreamError } from '@slipstream/shared';
import { ReadingProcess } from './reading-process.ts';
import type { Result, Task } from './tasks.ts';

export interface PoolLimits {
  /** Processes at once; each is one core. */
  readonly size: number;
  /** For one task, once it has a process. */
  readonly timeoutMs: number;
}

/**
 * Warm reading processes, lent to one task at a time in the order in which the tasks came. A process that crashed, took too
 * long or was called off is ended, and the next task gets a new one.
 */
export class ReadingPool {
  readonly #limits: PoolLimits;
  readonly #start: () => ReadingProcess;
  readonly #idle: ReadingProcess[] = [];
  readonly #busy = new Set<ReadingProcess>();
  readonly #places: Semaphore;
  readonly #closing = new AbortController();

  constructor(limits: PoolLimits, start: () => ReadingProcess = () => new ReadingProcess()) {
    this.#limits = limits;
    this.#start = start;
    this.#places = new Semaphore(limits.size);
  }

  get size(): number {
    return this.#limits.size;
  }

  /** Process ids of those that are alive. */
  get pids(): number[] {
    return [...this.#idle, ...this.#busy].flatMap(({ isUsable, pid }) => (isUsable && pid ? [pid] : []));
  }

  /** ABORTED when `signal` fires: its process is ended in the middle of it. ENGINE_FAILED after a crash or a time-out. */
  async run(task: Task, signal: AbortSignal): Promise<Result> {
    const calledOff = AbortSignal.any([signal, this.#closing.signal]);
    await this.#places.acquire(calledOff).catch(() => {
      throw aborted();
    });
    try {
      return await this.#runNow(task, calledOff);
    } finally {
      this.#places.release();
    }
  }

  /** Starts every process and has it do `task`. */
  async warm(task: Task): Promise<void> {
    const never = new AbortController().signal;
    await Promise.all(Array.from({ length: this.#limits.size }, () => this.run(task, never)));
  }

  /** What is under way ends ABORTED. */
  async close(): Promise<void> {
    this.#closing.abort();
    for (const child of this.#idle) child.kill(aborted());
  }

  async #runNow(task: Task, signal: AbortSignal): Promise<Result> {
    if (signal.aborted) throw aborted();
    const child = this.#take();
    const callOff = () => child.kill(aborted());
    const timer = setTimeout(() => child.kill(tooLong(this.#limits.timeoutMs)), this.#limits.timeoutMs);
    signal.addEventListener('abort', callOff, { once: true });
    try {
      return await child.run(task);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', callOff);
      this.#busy.delete(child);
      if (child.isUsable) this.#idle.push(child);
    }
  }

  /** The one that was used last, which is the warmest; a process may have ended while it was idle. */
  #take(): ReadingProcess {
    let child = this.#idle.pop();
    while (child !== undefined && !child.isUsable) child = this.#idle.pop();
    child ??= this.#start();
    this.#busy.add(child);
    return child;
  }
}

function aborted(): SlipstreamError {
  return new SlipstreamError('ABORTED', 'The reading was called off.');
}

function tooLong(timeoutMs: number): SlipstreamError {
  return new SlipstreamError('ENGINE_FAILED', `Reading one image took more than ${timeoutMs / 1_000} s.`);
}
