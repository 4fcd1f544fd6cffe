import type { CompactionMessage } from '@slipstream/shared';
import { seededRandom } from '@slipstream/testing';
import type { Actor } from './actor.ts';
import type { Faults } from './faults.ts';
import { World } from './world.ts';

const IMAGES = ['a', 'b', 'c'];
const MERCHANTS = ['one', 'two', 'three'];
const COMPACTORS_MAX = 3;

/**
 * A life by seed: images are read and read again, merchants change, messages are delivered in any order and more than
 * once, up to three compactors move, freeze past their leases and crash at any step. Throws what was wrong.
 */
export async function randomRun(seed: number, steps: number, faults: Faults = {}): Promise<void> {
  const random = seededRandom(seed);
  const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)];
  const some = (messages: readonly CompactionMessage[]) => messages.filter(() => random() < 0.6);
  const world = await World.open(faults);
  const moving: Actor[] = [];
  const counts = new Map<string, readonly number[]>();
  try {
    for (let step = 0; step < steps; step += 1) {
      const chance = random();
      if (chance < 0.12) {
        const image = pick(IMAGES) ?? 'a';
        const rows = Array.from({ length: Math.floor(random() * 3) }, () => Math.floor(random() * 4));
        counts.set(image, rows);
        await world.read(image, rows);
      } else if (chance < 0.2) {
        const [image, rows] = pick([...counts].filter(([, rows]) => rows.length > 0)) ?? [];
        const receipt = `0000${1 + Math.floor(random() * (rows?.length ?? 0))}`;
        if (image) await world.rename(image, receipt, pick(MERCHANTS) ?? 'one');
      } else if (chance < 0.32 && moving.length < COMPACTORS_MAX) {
        const messages = shuffled([...some(world.waiting), ...some(world.everSent.slice(-3))], random);
        moving.push(world.compactor(`compactor ${step}`, messages));
      } else if (chance < 0.36) await world.outliveLeases();
      else if (chance < 0.39)
        moving.splice(Math.floor(random() * moving.length), 1); // crashed
      else {
        const actor = pick(moving);
        if (actor && !(await actor.step())) {
          if (actor.failure !== null) throw actor.failure;
          moving.splice(moving.indexOf(actor), 1);
          await world.check(`seed ${seed}, after step ${step}`);
        }
      }
    }
    for (const actor of moving) await actor.run();
    await world.check(`seed ${seed}, when all have ended`);
    await world.drain();
    await world.check(`seed ${seed}, at the end`, true);
  } finally {
    await world.close();
  }
}

function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
