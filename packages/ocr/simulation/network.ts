import type { Machine } from '@slipstream/queue-worker/testing';
import { SlipstreamError } from '@slipstream/shared';
import type { World } from './world.ts';

/** A call that the caller has given up may still take effect, this much later. */
const LATE_MS_MAX = 180_000;
/** The answer of a program that is no more. */
const NEVER = new Promise<never>(() => {});

/**
 * Every effect of one program goes through here: it takes time both ways, it may fail before it happens or after, and
 * the program may die on either side of it. What has happened then has happened, but nobody is told.
 */
export class Network {
  readonly #world: World;
  readonly #machine: Machine;
  readonly #dies: () => void;
  #untilCrash: number;
  #isAlive = true;

  /** `crashAt`: the effect that the program dies before or after; infinity for none. */
  constructor(world: World, machine: Machine, crashAt: number, dies: () => void) {
    this.#world = world;
    this.#machine = machine;
    this.#untilCrash = crashAt;
    this.#dies = dies;
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  cut(): void {
    this.#isAlive = false;
  }

  async call<T>(effect: () => T | Promise<T>): Promise<T> {
    if (!this.#isAlive) return NEVER;
    await this.#latency();
    const { random } = this.#world;
    const fate = this.#fate();
    if (fate === 'late') void this.#world.delay(random.logarithmic(100, LATE_MS_MAX)).then(() => settled(effect));
    if (fate === 'lost' || fate === 'late') return this.#answer(() => Promise.reject(unreachable()));
    if (this.#isAlive && this.#isCrashDue() && random.chance(0.5)) return this.#die();
    if (!this.#isAlive && random.chance(0.5)) return NEVER; // it was on its way, or it was not
    const outcome = await settled(effect);
    if (this.#isAlive && this.#untilCrash <= 0) return this.#die();
    await this.#latency();
    return this.#answer(() => (fate === 'answer lost' ? Promise.reject(unreachable()) : outcome()));
  }

  /** What arrives waits until the machine is awake, and reaches nobody when the program is gone. */
  async #answer<T>(give: () => Promise<T>): Promise<T> {
    await this.#machine.awake();
    return this.#isAlive ? give() : NEVER;
  }

  #fate(): 'goes through' | 'lost' | 'late' | 'answer lost' {
    const { random, scenario } = this.#world;
    if (this.#world.isOut(this.#machine)) return 'lost';
    if (this.#world.isCalm || !random.chance(scenario.call_failures)) return 'goes through';
    return random.pick(['lost', 'late', 'answer lost']);
  }

  #isCrashDue(): boolean {
    if (this.#world.isCalm) return false;
    this.#untilCrash -= 1;
    return this.#untilCrash <= 0;
  }

  #die(): Promise<never> {
    this.#dies();
    return NEVER;
  }

  #latency(): Promise<void> {
    const { random, scenario, isCalm } = this.#world;
    return this.#world.delay(random.between(1, isCalm ? 5 : scenario.latency_ms));
  }
}

async function settled<T>(effect: () => T | Promise<T>): Promise<() => Promise<T>> {
  try {
    const value = await effect();
    return () => Promise.resolve(value);
  } catch (error) {
    return () => Promise.reject(error);
  }
}

function unreachable(): SlipstreamError {
  return new SlipstreamError('STORE_UNAVAILABLE', 'The network does not answer.');
}
