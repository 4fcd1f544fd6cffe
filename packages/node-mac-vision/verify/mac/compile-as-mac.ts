import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Limiter } from '../../src/limiter.ts';
import { mustRun } from '../command.ts';
import type { Toolchain } from '../toolchain.ts';
import { MAC_ARCHITECTURES, MACOS_VERSION_MIN } from './sdk.ts';

const MEMORY_MODELS = [['-fobjc-arc', '-fobjc-arc-exceptions'], ['-fno-objc-arc']];
const WARNINGS = ['-Werror', '-Wall', '-Wextra', '-Wunguarded-availability'];
/** A quarter of the default, which spends four times the time on one loop; the seeded faults show that it suffices. */
const ANALYZER_CONFIG = 'max-nodes=60000';
const SOURCES = ['native/mac_vision.m', 'native/mac_vision_memory.c'];

/** Every flag set under which the native sources have to hold: both architectures, with and without ARC. */
function variants(tools: Toolchain, source: string): { file: string; flags: string[] }[] {
  const headers = ['-nostdlibinc', '-isystem', tools.muslHeaders];
  const declarations = ['apple', 'common'].map((kind) => `-I${join(source, 'verify/declarations', kind)}`);
  return MAC_ARCHITECTURES.flatMap((arch) =>
    MEMORY_MODELS.flatMap((memory) =>
      SOURCES.map((file) => ({
        file: join(source, file),
        flags: [
          ...['-target', `${arch}-apple-macos${MACOS_VERSION_MIN}`, ...headers, ...declarations],
          ...(file.endsWith('.m') ? memory : []),
        ],
      })),
    ),
  );
}

async function runAll(tools: Toolchain, source: string, args: (file: string) => string[]): Promise<void> {
  const limiter = new Limiter(availableParallelism());
  const runs = variants(tools, source).map(({ file, flags }) =>
    limiter.run(() => mustRun(tools.clang, [...flags, ...args(file)])),
  );
  await Promise.all(runs);
}

/** Selectors, types, nullability, availability: clang's warnings are errors. */
export async function compileAsMac(tools: Toolchain, source: string): Promise<void> {
  await runAll(tools, source, (file) => [...WARNINGS, '-c', file, '-o', '/dev/null']);
}

/** Ownership on every path, of Objective-C objects, of Core Foundation's and of malloc'd memory. */
export async function analyzeAsMac(tools: Toolchain, source: string): Promise<void> {
  const analyzer = ['-analyzer-werror', '-analyzer-output=text', '-analyzer-config', ANALYZER_CONFIG];
  await runAll(tools, source, (file) => ['--analyze', ...analyzer.flatMap((flag) => ['-Xclang', flag]), file]);
}
