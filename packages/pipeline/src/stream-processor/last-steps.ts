import type { RecordChange } from '@slipstream/shared';
import type { Follower, Step } from './follower.ts';

interface WaitingStep {
  readonly follower: Follower;
  readonly step: Step;
  /** The first change that it stands for: while it is not done, the stream has to come again from there. */
  readonly since: RecordChange;
}

/** Steps of which the last one alone is taken, in the order of the first changes that they stand for. */
export class LastSteps {
  readonly #waiting = new Map<string, WaitingStep>();

  /** False for a step that is to be taken at once. */
  add(follower: Follower, step: Step, change: RecordChange): boolean {
    if (step.lastOf === undefined) return false;
    const key = `${follower.name}#${step.lastOf}`;
    this.#waiting.set(key, { follower, step, since: this.#waiting.get(key)?.since ?? change });
    return true;
  }

  takeAll(): readonly WaitingStep[] {
    const taken = [...this.#waiting.values()];
    this.#waiting.clear();
    return taken;
  }
}
