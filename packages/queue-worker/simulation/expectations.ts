import { SlipstreamError } from '@slipstream/shared';
import type { SimulatedQueue } from '../testing/simulated-queue.ts';

/** What has to become of the messages of a run, and where it did not. */
export class Expectations {
  readonly violations: string[] = [];
  readonly #bodies: readonly string[];
  readonly #worked = new Map<string, number>();

  constructor(bodies: readonly string[]) {
    this.#bodies = bodies;
  }

  /** Messages that were worked on. */
  get worked(): number {
    return this.#worked.size;
  }

  /** One message is done now, under a lease that the queue has granted until then; throws for poison. */
  done(body: string, now: number, grantedUntil: number): void {
    if (now > grantedUntil) this.violations.push(`${body} was done after its lease had ended`);
    if (isPoison(body)) throw new SlipstreamError('MESSAGE_INVALID', 'It is poison.');
    this.#worked.set(body, (this.#worked.get(body) ?? 0) + 1);
  }

  /** In the end: every message is worked on, or dead with the reason of its error. */
  check(queue: SimulatedQueue): void {
    if (queue.left > 0) this.violations.push(`${queue.left} messages are stuck`);
    for (const body of this.#bodies) {
      const letter = [...queue.dead.values()].find((dead) => dead.body === body);
      const isRight = isPoison(body) ? letter?.reason?.code === 'MESSAGE_INVALID' : this.#worked.has(body);
      const times = this.#worked.get(body) ?? 0;
      if (!isRight) this.violations.push(`${body}: worked on ${times} times, dead with ${letter?.reason?.code}`);
    }
  }
}

function isPoison(body: string): boolean {
  return body.startsWith('poison');
}
