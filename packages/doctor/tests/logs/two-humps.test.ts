import { Random } from '@slipstream/testing';
import { expect, test } from 'vitest';
import { twoHumps } from '../../src/logs/two-humps.ts';

const SETS = 200;
const SIZES = [8, 10, 20, 50, 200, 500] as const;

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

const lognormal = (random: Random, middle: number, spread: number) => middle * Math.exp(normal(random) * spread);

/** Durations of one kind, as services have them. */
const ONE: Readonly<Record<string, (random: Random) => number>> = {
  lognormal: (random) => lognormal(random, 800, 0.5),
  'narrow lognormal': (random) => lognormal(random, 3_000, 0.1),
  uniform: (random) => 200 + random.next() * 2_000,
  'exponential over a floor': (random) => 100 - 300 * Math.log(1 - random.next()),
  'cut off at the limit': (random) => Math.min(60_000, 20_000 + random.next() * 45_000),
  gamma: (random) => -400 * Math.log((1 - random.next()) * (1 - random.next())),
};

test.each(Object.keys(ONE))('one hump stays one in 97 of 100 sets of 8 to 500: %s', (name) => {
  const draw = ONE[name];
  let wrong = 0;
  for (let seed = 1; seed <= SETS; seed += 1) {
    const random = new Random(seed);
    const size = random.pick(SIZES);
    if (twoHumps(Array.from({ length: size }, () => draw?.(random) ?? 0)) !== null) wrong += 1;
  }
  expect(wrong / SETS).toBeLessThanOrEqual(0.03);
});

test.each([
  ['cold starts', 250, 7_000, 0.25, 0.2],
  ['a slow twin, a third of them', 1_000, 6_000, 0.33, 0.3],
  ['retries that wait 5 s', 400, 5_400, 0.5, 0.25],
  ['time-outs', 2_000, 60_000, 0.4, 0.2],
] as const)('two humps are seen in 97 of 100 sets of 20 to 500, and where: %s', (_, low, high, share, spread) => {
  let wrong = 0;
  for (let seed = 1; seed <= SETS; seed += 1) {
    const random = new Random(seed);
    const size = random.pick([20, 50, 200, 500] as const);
    const slow = Math.max(3, Math.round(size * share));
    const found = twoHumps(
      Array.from({ length: size }, (_each, at) => lognormal(random, at < slow ? high : low, spread)),
    );
    const isRight = found !== null && Math.abs(found[0] / low - 1) < 0.35 && Math.abs(found[1] / high - 1) < 0.5;
    if (!isRight) wrong += 1;
  }
  expect(wrong / SETS).toBeLessThanOrEqual(0.03);
});

test('fewer than eight durations are one group, whatever they are', () => {
  expect(twoHumps([100, 110, 105, 9_000, 9_100, 9_050, 120])).toBeNull();
  expect(twoHumps([])).toBeNull();
});

test('the same duration again and again, and zeros, are one group', () => {
  expect(twoHumps(Array.from({ length: 50 }, () => 60_000))).toBeNull();
  expect(twoHumps(Array.from({ length: 50 }, () => 0))).toBeNull();
});
