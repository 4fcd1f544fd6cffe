import { SlipstreamError } from '@slipstream/shared';
import type { Random, VirtualTime } from '@slipstream/testing';
import type { Machine } from '../testing/machine.ts';

/** The answer of a program that is no more. */
const NEVER = new Promise<never>(() => {});

/** The line between one program and the queue: calls take time both ways, are lost, or take effect without an answer. */
export class Line {
  readonly #machine: Machine;
  readonly #time: VirtualTime;
  readonly #random: Random;
  readonly #failures: () => number;
  #isAlive = true;

  /** `failures`: the share of calls that fail now. */
  constructor(machine: Machine, time: VirtualTime, random: Random, failures: () => number) {
    this.#machine = machine;
    this.#time = time;
    this.#random = random;
    this.#failures = failures;
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  /** The program is killed: nothing of it goes on, and no answer reaches it. */
  cut(): void {
    this.#isAlive = false;
  }

  async call<T>(effect: () => T | Promise<T>): Promise<T> {
    if (!this.#isAlive) return NEVER;
    await this.pause(this.#random.between(1, 50));
    const fails = this.#random.chance(this.#failures());
    const isLost = fails && this.#random.chance(0.5);
    const outcome = isLost ? unanswered : await outcomeOf(effect);
    await this.pause(this.#random.between(1, 50));
    await this.#machine.awake();
    if (!this.#isAlive) return NEVER;
    return fails ? unanswered() : outcome();
  }

  pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#time.after(ms, resolve);
    });
  }
}

async function outcomeOf<T>(effect: () => T | Promise<T>): Promise<() => Promise<T>> {
  try {
    const value = await effect();
    return async () => value;
  } catch (error) {
    return () => Promise.reject(error);
  }
}

const unanswered = (): Promise<never> =>
  Promise.reject(new SlipstreamError('STORE_UNAVAILABLE', 'The network does not answer.'));
