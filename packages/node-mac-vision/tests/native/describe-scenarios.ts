import { beforeAll, describe, it } from 'vitest';
import type { MemoryModel } from '../../verify/fake-units.ts';
import type { Scenario } from './scenario.ts';
import { skippedWithoutTools, useFake } from './use-fake.ts';

const SCENARIO_TIMEOUT_MS = 60_000;

/** Runs the scenarios with the stand-in, built with or without ARC, behind the real addon. */
export function describeScenarios(memory: MemoryModel, scenarios: Scenario[]): void {
  describe.skipIf(skippedWithoutTools)(`the addon around a stand-in for Vision, ${memory} memory`, () => {
    beforeAll(() => useFake(memory));
    for (const { name, run } of scenarios) it(name, run, SCENARIO_TIMEOUT_MS);
  });
}
