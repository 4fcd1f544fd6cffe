import type { Clock } from '@slipstream/shared';
import { VirtualTime } from './virtual-time.ts';

const START = Date.UTC(2026, 0, 1);

/** A clock that stands still until a test advances it. */
export class FakeClock implements Clock {
  readonly time: VirtualTime;
  /** Added to the wall clock only: what NTP would do. */
  wall_step_ms = 0;

  constructor(time = new VirtualTime()) {
    this.time = time;
  }

  now(): number {
    return START + this.time.now + this.wall_step_ms;
  }

  monotonic(): number {
    return this.time.now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const done = () => {
        cancel();
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const cancel = this.time.after(ms, done);
      signal?.addEventListener('abort', done, { once: true });
    });
  }

  advance(ms: number): Promise<void> {
    return this.time.advance(ms);
  }
}
