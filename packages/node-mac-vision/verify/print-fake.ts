/**
 * `npm run --silent build:fake`: builds the addon around the stand-in for Vision, where it is not built yet, and prints the
 * module's path. Prints nothing where the tools for it are not installed.
 */
import { resolve } from 'node:path';
import { buildFake } from './build-fake.ts';
import { toolchainOrSkip } from './toolchain.ts';

const tools = toolchainOrSkip('the stand-in for Vision');
const source = resolve(import.meta.dirname, '..');
console.log(await buildFake(tools, { source, memory: 'manual', sanitizer: 'none' }));
