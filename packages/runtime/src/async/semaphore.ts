import { abortable } from './abortable.ts';

/**
 * So many at once; the others wait in the order in which they came. A place that is given back goes straight to the next
 * in line, so that nothing slips in between.
 */
export class Semaphore {
  readonly #places: number;
  readonly #waiting: (() => void)[] = [];
  #taken = 0;

  constructor(places: number) {
    this.#places = places;
  }

  /** Resolves with a place taken, which `release` gives back; rejects with the signal's reason and none taken. */
  async acquire(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (this.#taken < this.#places) {
      this.#taken += 1;
      return;
    }
    const { promise: turn, resolve: enter } = Promise.withResolvers<void>();
    this.#waiting.push(enter);
    if (signal === undefined) return turn;
    try {
      await abortable(turn, signal);
    } catch (error) {
      const index = this.#waiting.indexOf(enter);
      if (index >= 0) this.#waiting.splice(index, 1);
      else this.release(); // its turn came in the same moment: on to the one behind
      throw error;
    }
  }

  release(): void {
    const enter = this.#waiting.shift();
    if (enter) enter();
    else this.#taken -= 1;
  }
}
