import { resolve } from 'node:path';
import { buildFake } from '../../verify/build-fake.ts';
import { findToolchain } from '../../verify/toolchain.ts';

const PACKAGE = resolve(import.meta.dirname, '../..');

/** Runs once before all test files: they share the builds. */
export default async function buildFakes(): Promise<void> {
  const toolchain = findToolchain();
  if (!toolchain.found) {
    console.error(`SKIPPED: the tests of the native code. Not installed: ${toolchain.missing.join(', ')}.`);
    console.error('Install the tools with packages/node-mac-vision/scripts/install-debian-tools.sh');
    return;
  }
  for (const memory of ['manual', 'arc'] as const) {
    await buildFake(toolchain.tools, { source: PACKAGE, memory, sanitizer: 'none' });
  }
}
