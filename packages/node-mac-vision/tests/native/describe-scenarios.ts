import { resolve } from 'node:path';
import { beforeAll, describe, it } from 'vitest';
import { ADDON_VARIABLE } from '../../src/find-addon.ts';
import { buildFake, type MemoryModel } from '../../verify/build-fake.ts';
import { findToolchain } from '../../verify/toolchain.ts';
import type { Scenario } from './scenario.ts';

const PACKAGE = resolve(import.meta.dirname, '../..');
const BUILD_TIMEOUT_MS = 240_000;
const SCENARIO_TIMEOUT_MS = 60_000;

/** Runs the scenarios with the stand-in, built with or without ARC, behind the real addon. */
export function describeScenarios(memory: MemoryModel, scenarios: Scenario[]): void {
  const toolchain = findToolchain();
  const missing = toolchain.found ? '' : ` (SKIPPED, not installed: ${toolchain.missing.join(', ')})`;
  describe.skipIf(!toolchain.found)(`the addon around a stand-in for Vision, ${memory} memory${missing}`, () => {
    beforeAll(() => {
      if (!toolchain.found) return;
      process.env[ADDON_VARIABLE] = buildFake(toolchain.tools, { source: PACKAGE, memory, sanitizer: 'none' });
    }, BUILD_TIMEOUT_MS);

    for (const { name, run } of scenarios) it(name, run, SCENARIO_TIMEOUT_MS);
  });
}
