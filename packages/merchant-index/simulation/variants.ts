import type { Faults } from './faults.ts';
import { exploreAll } from './interleave.ts';
import { randomRun } from './random-run.ts';
import { SCENARIOS } from './scenarios.ts';

/** Compactors that are built wrong, each in one way. The check has to catch every one of them. */
export const VARIANTS: readonly { readonly name: string; readonly faults: Faults }[] = [
  { name: 'no fencing: who froze publishes all the same', faults: { fencing: 'none' } },
  { name: 'a heartbeat that steals the lease back', faults: { fencing: 'renewed by anybody' } },
  { name: 'readers do not reduce to the highest revision', faults: { readsUnreduced: true } },
  { name: 'no tombstones', faults: { writesNoTombstones: true } },
  { name: 'a missing snapshot is published as an empty one', faults: { emptyForMissing: true } },
  { name: 'late rows of a frozen writer are not buried', faults: { buriesNoLateRows: true } },
  { name: 'acknowledged before readers see it', faults: { acknowledgesFirst: true } },
  { name: 'the record is not read again', faults: { trustsFirstRecord: true } },
  { name: 'a receipt that is made again begins at revision 1', faults: { forgetsFloor: true } },
];

export interface Caught {
  readonly name: string;
  /** null: it was not. */
  readonly by: string | null;
  readonly interleavings: number;
  readonly what: string;
}

/** Looks for an interleaving that shows what is wrong with a variant. */
export async function catchVariant({ name, faults }: (typeof VARIANTS)[number], stride = 1): Promise<Caught> {
  let interleavings = 0;
  for (const scenario of SCENARIOS) {
    const explored = await exploreAll(scenario, faults, stride);
    interleavings += explored.interleavings;
    if (explored.failure) {
      const { freezesAfter, resumesAfter } = explored.failure.schedule;
      const goesOn = resumesAfter === null ? 'crashes' : `goes on after ${resumesAfter}`;
      const by = `${scenario.name}; frozen after ${freezesAfter} steps, ${goesOn}`;
      return { name, by, interleavings, what: said(explored.failure.error) };
    }
  }
  for (let seed = 1; seed <= SEEDS_FOR_A_VARIANT; seed += 1) {
    interleavings += 1;
    try {
      await randomRun(seed, STEPS, faults);
    } catch (error) {
      return { name, by: `seed ${seed}`, interleavings, what: said(error) };
    }
  }
  return { name, by: null, interleavings, what: '' };
}

const SEEDS_FOR_A_VARIANT = 100;
const STEPS = 120;

function said(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
