/**
 * `npm run test:sanitizers`: the scenarios under AddressSanitizer with leak detection and UndefinedBehaviorSanitizer,
 * under ThreadSanitizer and under valgrind. With CI=true the short form: one memory model each, and no valgrind.
 */
import { resolve } from 'node:path';
import type { MemoryModel, Sanitizer } from './fake-units.ts';
import { toolchainOrSkip } from './toolchain.ts';
import { watch } from './watch.ts';

const source = resolve(import.meta.dirname, '..');
const tools = toolchainOrSkip('the sanitizers');

const SHORT: [Sanitizer | 'valgrind', MemoryModel][] = [
  ['address', 'arc'],
  ['thread', 'manual'],
];
const FULL: [Sanitizer | 'valgrind', MemoryModel][] = [
  ['address', 'manual'],
  ['address', 'arc'],
  ['thread', 'manual'],
  ['thread', 'arc'],
  ['valgrind', 'manual'],
  ['valgrind', 'arc'],
];

await watch(tools, source, 'none', 'manual'); // fills the compile cache; what it finds, the others find too
let failed = false;
for (const [watcher, memory] of process.env.CI ? SHORT : FULL) {
  const began = performance.now();
  const ran = await watch(tools, source, watcher, memory);
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  console.log(`${ran.status === 0 ? 'ok  ' : 'FAIL'}  ${watcher}, ${memory} memory  ${seconds} s`);
  if (ran.status === 0) continue;
  failed = true;
  console.error(`ended with ${ran.signal ?? `status ${ran.status}`}:\n${ran.output}`);
}
process.exitCode = failed ? 1 : 0;
