import type { Clock } from '@slipstream/shared';

interface Waiting {
  readonly bytes: number;
  readonly admit: () => void;
}

/**
 * The memory that all requests together may hold. Who asks for more than is left waits in turn, for as long as it says,
 * and is then refused; what waits holds nothing but a connection.
 */
export class MemoryBudget {
  readonly #bytesMax: number;
  readonly #clock: Clock;
  readonly #waiting: Waiting[] = [];
  #held = 0;

  constructor(bytesMax: number, clock: Clock) {
    this.#bytesMax = bytesMax;
    this.#clock = clock;
  }

  /** What gives the bytes back, once; null when there was no room in time, or never can be. */
  async take(bytes: number, waitMs: number, signal: AbortSignal): Promise<(() => void) | null> {
    if (bytes > this.#bytesMax) return null;
    if (this.#waiting.length > 0 || !this.#hasRoom(bytes)) {
      if (!(await this.#waitFor(bytes, waitMs, signal))) return null;
    } else this.#held += bytes;
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#held -= bytes;
      this.#admitNext();
    };
  }

  #hasRoom(bytes: number): boolean {
    return this.#held + bytes <= this.#bytesMax;
  }

  /** In the order of arrival, so that a large request is not passed by small ones for ever. */
  #admitNext(): void {
    for (let next = this.#waiting[0]; next && this.#hasRoom(next.bytes); next = this.#waiting[0]) {
      this.#waiting.shift();
      this.#held += next.bytes;
      next.admit();
    }
  }

  async #waitFor(bytes: number, waitMs: number, signal: AbortSignal): Promise<boolean> {
    const ended = new AbortController();
    const turn = { isAdmitted: false };
    const waiting: Waiting = {
      bytes,
      admit: () => {
        turn.isAdmitted = true;
        ended.abort();
      },
    };
    this.#waiting.push(waiting);
    await this.#clock.sleep(waitMs, AbortSignal.any([signal, ended.signal]));
    if (turn.isAdmitted) return true;
    this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
    this.#admitNext();
    return false;
  }
}
