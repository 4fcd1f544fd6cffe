/** Timers in virtual time: time passes only from one timer to the next, so hours take milliseconds and every run is the same. */
export class VirtualTime {
  readonly #timers: Timer[] = [];
  #now = 0;
  #sequence = 0;

  /** Milliseconds since the start. */
  get now(): number {
    return this.#now;
  }

  /** Calls `fire` after `delay_ms`; the returned function takes it back. */
  after(delay_ms: number, fire: () => void): () => void {
    const timer: Timer = { at: this.#now + Math.max(0, delay_ms), sequence: this.#sequence, fire };
    this.#sequence += 1;
    push(this.#timers, timer);
    return () => {
      timer.fire = null;
    };
  }

  /** Lets `delay_ms` pass, with everything that falls due. */
  async advance(delay_ms: number): Promise<void> {
    const end = this.#now + delay_ms;
    await this.runWhile(() => {
      const next = this.#timers[0];
      return next !== undefined && next.at <= end;
    });
    this.#now = end;
  }

  /** Fires timer after timer while `isWanted` holds and there are any. */
  async runWhile(isWanted: () => boolean): Promise<void> {
    await microtasks();
    while (isWanted()) {
      const timer = pop(this.#timers);
      if (timer === undefined) return;
      if (timer.fire === null) continue;
      this.#now = Math.max(this.#now, timer.at);
      timer.fire();
      await microtasks();
    }
  }
}

interface Timer {
  readonly at: number;
  /** Those of the same moment fire in the order in which they were set. */
  readonly sequence: number;
  fire: (() => void) | null;
}

/** Immediates run when all microtasks are done, however many follow from one another. */
function microtasks(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function isBefore(a: Timer, b: Timer): boolean {
  return a.at < b.at || (a.at === b.at && a.sequence < b.sequence);
}

/** A binary heap: the next timer stands first. */
function push(heap: Timer[], timer: Timer): void {
  heap.push(timer);
  let index = heap.length - 1;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    if (!swapIfBefore(heap, index, parent)) return;
    index = parent;
  }
}

function pop(heap: Timer[]): Timer | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (first === undefined || last === undefined || heap.length === 0) return first;
  heap[0] = last;
  let index = 0;
  for (;;) {
    const left = 2 * index + 1;
    const [a, b] = [heap[left], heap[left + 1]];
    const child = a !== undefined && b !== undefined && isBefore(b, a) ? left + 1 : left;
    if (child >= heap.length || !swapIfBefore(heap, child, index)) return first;
    index = child;
  }
}

function swapIfBefore(heap: Timer[], child: number, parent: number): boolean {
  const [lower, upper] = [heap[child], heap[parent]];
  if (lower === undefined || upper === undefined || !isBefore(lower, upper)) return false;
  heap[parent] = lower;
  heap[child] = upper;
  return true;
}
