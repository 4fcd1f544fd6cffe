import { resolve } from 'node:path';
import { ADDON_VARIABLE } from '../../src/find-addon.ts';
import type { MemoryModel } from '../../verify/fake-units.ts';
import { findToolchain } from '../../verify/toolchain.ts';

const toolchain = findToolchain();

/** Why the tests of native code are skipped on this machine; empty where they run. */
export const skippedWithoutTools = toolchain.found ? '' : `not installed: ${toolchain.missing.join(', ')}`;

/** Makes the addon around the stand-in, which build-fakes.ts has built, the one that is loaded. */
export function useFake(memory: MemoryModel): void {
  process.env[ADDON_VARIABLE] = resolve(import.meta.dirname, '../../build-linux', memory, 'mac_vision.node');
}
