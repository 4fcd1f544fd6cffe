import { describe, expect, it } from 'vitest';
import { exploreAll, interleave } from '../../simulation/interleave.ts';
import { randomRun } from '../../simulation/random-run.ts';
import { SCENARIOS } from '../../simulation/scenarios.ts';

/** The short form of `npm run simulate:index`. */
const scenario = (name: string) => {
  const found = SCENARIOS.find((each) => each.name === name);
  if (!found) throw new Error(`There is no scenario ${name}.`);
  return found;
};
const FEWER = scenario('read again into fewer rows');

describe('two compactors, of which one freezes past its lease', () => {
  it.each(SCENARIOS)(
    '$name: nothing is lost, revived or mixed',
    async (each) => {
      const { failure } = await exploreAll(each, {}, 4);
      expect(failure).toBeNull();
    },
    60_000,
  );

  it('what another one has stored and not yet published is not acknowledged', async () => {
    await interleave(scenario('the same delta is delivered to both'), { freezesAfter: 1, resumesAfter: 4 });
  });

  it('what one stores late, between the fence and its merge, is never seen', async () => {
    for (const resumesAfter of [0, 2, 5, 8]) await interleave(FEWER, { freezesAfter: 3, resumesAfter });
  });

  it.each([1, 2, 3, 4])('a life by seed: %i', (seed) => randomRun(seed, 120), 30_000);
});

describe('the check catches', () => {
  it.each([
    ['no fencing', { fencing: 'none' }, { freezesAfter: 2, resumesAfter: 4 }],
    ['readers that do not reduce', { readsUnreduced: true }, { freezesAfter: 4, resumesAfter: null }],
    ['no tombstones', { writesNoTombstones: true }, { freezesAfter: 4, resumesAfter: null }],
    ['a record that is not read again', { trustsFirstRecord: true }, { freezesAfter: 2, resumesAfter: null }],
  ] as const)('%s', async (_, faults, schedule) => {
    await expect(interleave(FEWER, schedule, faults)).rejects.toThrow(/after|while/);
  });

  it('a missing snapshot that is published as an empty one', async () => {
    const lost = scenario('the snapshot is lost meanwhile');
    await expect(interleave(lost, { freezesAfter: 0, resumesAfter: 2 }, { emptyForMissing: true })).rejects.toThrow(
      'acknowledged',
    );
  });

  it('an acknowledgement before readers see it', async () => {
    const both = scenario('the same delta is delivered to both');
    await expect(interleave(both, { freezesAfter: 0, resumesAfter: 2 }, { acknowledgesFirst: true })).rejects.toThrow(
      'acknowledged',
    );
  });
});
