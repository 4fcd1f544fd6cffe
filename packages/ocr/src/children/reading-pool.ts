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
  readonly #waiting: (() => void)[] = [];
  #lent = 0;
  #isClosed = false;

  constructor(limits: PoolLimits, start: () => ReadingProcess = () => new ReadingProcess()) {
    this.#limits = limits;
    this.#start = start;
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
    await this.#turn(signal);
    try {
      return await this.#runNow(task, signal);
    } finally {
      this.#next();
    }
  }

  /** Starts every process and has it do `task`. */
  async warm(task: Task): Promise<void> {
    const never = new AbortController().signal;
    await Promise.all(Array.from({ length: this.#limits.size }, () => this.run(task, never)));
  }

  /** What is under way ends ABORTED. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const child of [...this.#idle, ...this.#busy]) child.kill(aborted());
    for (const enter of this.#waiting.splice(0)) enter();
  }

  async #runNow(task: Task, signal: AbortSignal): Promise<Result> {
    if (this.#isClosed) throw aborted();
    signal.throwIfAborted();
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

  async #turn(signal: AbortSignal): Promise<void> {
    if (signal.aborted) throw aborted();
    if (this.#lent < this.#limits.size) {
      this.#lent += 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(enter), 1);
        reject(aborted());
      };
      const enter = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.push(enter);
    });
  }

  /** The place goes straight to the next in line, so that nothing slips in between. */
  #next(): void {
    const enter = this.#waiting.shift();
    if (enter) enter();
    else this.#lent -= 1;
  }
}

function aborted(): SlipstreamError {
  return new SlipstreamError('ABORTED', 'The reading was called off.');
}

function tooLong(timeoutMs: number): SlipstreamError {
  return new SlipstreamError('ENGINE_FAILED', `Reading one image took more than ${timeoutMs / 1_000} s.`);
}
