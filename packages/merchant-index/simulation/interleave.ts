import type { Faults } from './faults.ts';
import type { Scenario } from './scenarios.ts';
import { World } from './world.ts';

/** Where the first compactor freezes, and after how many steps of the second one it goes on; null: never, it crashed. */
export interface Schedule {
  readonly freezesAfter: number;
  readonly resumesAfter: number | null;
}

/** One interleaving from start to end. Throws what was wrong; tells how many steps each compactor had. */
export async function interleave(
  scenario: Scenario,
  { freezesAfter, resumesAfter }: Schedule,
  faults: Faults = {},
): Promise<{ readonly first: number; readonly second: number }> {
  const world = await World.open(faults);
  try {
    const frozen = world.compactor('first', await scenario.begin(world));
    const first = await stepsOf(() => frozen.step(), freezesAfter);
    const restore = await rememberSnapshot(world);
    await world.outliveLeases();
    const other = world.compactor('second', await scenario.meanwhile(world));
    let second = await stepsOf(() => other.step(), resumesAfter ?? Number.POSITIVE_INFINITY);
    await world.check('while the first one stands still');
    if (resumesAfter !== null) {
      await frozen.run();
      await world.check('after the first one has gone on');
      second += await stepsOf(() => other.step(), Number.POSITIVE_INFINITY);
    }
    if (other.failure !== null) throw other.failure;
    await world.check('after both');
    await restore();
    await world.drain();
    await world.check('at the end', true);
    return { first, second };
  } finally {
    await world.close();
  }
}

/** A person brings back a snapshot that was lost, as it was. */
async function rememberSnapshot(world: World): Promise<() => Promise<void>> {
  const restore = await world.loseSnapshot();
  await restore();
  return restore;
}

async function stepsOf(step: () => Promise<boolean>, most: number): Promise<number> {
  let done = 0;
  while (done < most && (await step())) done += 1;
  return done;
}

export interface Explored {
  readonly interleavings: number;
  readonly failure: { readonly schedule: Schedule; readonly error: unknown } | null;
}

/**
 * Every point at which the first one can freeze or crash, with every point of the second one at which it can go on;
 * `stride` leaves some out. Stops at the first that is wrong.
 */
export async function exploreAll(scenario: Scenario, faults: Faults = {}, stride = 1): Promise<Explored> {
  let interleavings = 0;
  for (let freezesAfter = 0; ; freezesAfter += stride) {
    let second = 0;
    for (let resumesAfter: number | null = null; ; ) {
      const schedule = { freezesAfter, resumesAfter };
      interleavings += 1;
      try {
        const steps = await interleave(scenario, schedule, faults);
        second = steps.second;
        // The first one has ended before it could freeze: all that comes is the same.
        if (steps.first < freezesAfter) return { interleavings, failure: null };
      } catch (error) {
        return { interleavings, failure: { schedule, error } };
      }
      resumesAfter = resumesAfter === null ? 0 : resumesAfter + stride;
      if (resumesAfter > second) break;
    }
  }
}
