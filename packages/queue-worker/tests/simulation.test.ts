import { expect, it } from 'vitest';
import { simulate } from '../simulation/simulate.ts';
import { Lease } from '../src/index.ts';

const SEEDS = 20;

async function violationsOf(from: number, count: number): Promise<string[]> {
  const found: string[] = [];
  for (let seed = from; seed < from + count; seed += 1) {
    const { violations } = await simulate(seed);
    found.push(...violations.map((violation) => `seed ${seed}: ${violation}`));
  }
  return found;
}

it('workers that crash, sleep and lose answers do each message under its lease, and lose none', async () => {
  expect(await violationsOf(1, SEEDS)).toEqual([]);
});

it('the same seed gives the same run', async () => {
  expect(await simulate(7)).toEqual(await simulate(7));
});

it('finds a lease that is taken for held after it was lost', async () => {
  const confirm = Lease.prototype.confirm;
  const broken: Pick<Lease, 'confirm'> = Lease.prototype;
  broken.confirm = async () => {};
  try {
    expect(await violationsOf(1, SEEDS)).not.toEqual([]);
  } finally {
    broken.confirm = confirm;
  }
});
