/** `npm run check:mac`: what can be said on Linux about the addon on a Mac, without running it. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildAsMac } from './mac/build-as-mac.ts';
import { analyzeAsMac, compileAsMac } from './mac/compile-as-mac.ts';
import { MAC_ARCHITECTURES } from './mac/sdk.ts';
import { toolchainOrSkip } from './toolchain.ts';

const source = resolve(import.meta.dirname, '..');
const tools = toolchainOrSkip('the compile and link checks for macOS');

/** `magic` and `cputype` at the start of a Mach-O file; mach-o/loader.h, mach/machine.h. */
const MACH_O_64 = 0xfeedfacf;
const CPU_TYPES = { arm64: 0x0100000c, x86_64: 0x01000007 };

async function step(what: string, work: () => Promise<unknown>): Promise<void> {
  const began = performance.now();
  await work();
  console.log(`ok  ${what}  ${((performance.now() - began) / 1000).toFixed(1)} s`);
}

await step('compiles for arm64 and x86_64, with ARC and without, warnings as errors', () =>
  compileAsMac(tools, source),
);
await step('static analysis finds no misuse of ownership', () => analyzeAsMac(tools, source));
for (const arch of MAC_ARCHITECTURES) {
  await step(`binding.gyp builds and links strictly for ${arch}`, async () => {
    const bundle = await buildAsMac(tools, source, arch);
    const header = readFileSync(bundle);
    if (header.readUInt32LE(0) !== MACH_O_64 || header.readUInt32LE(4) !== CPU_TYPES[arch]) {
      throw new Error(`${bundle} is no Mach-O bundle for ${arch}`);
    }
  });
}
