import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { Limiter } from '../src/limiter.ts';
import { mustRun } from './command.ts';
import { type FakeBuild, fakeUnits, SANITIZER_FLAGS, type Unit } from './fake-units.ts';
import type { Toolchain } from './toolchain.ts';

const FINGERPRINTED = [
  'native/**/*.{h,m,c,cc}',
  'verify/fake/*',
  'verify/declarations/**/*.h',
  'verify/fake-units.ts',
  'binding.gyp',
];

const HEADERS = ['native/**/*.h', 'verify/fake/*.h', 'verify/declarations/**/*.h'];

/**
 * Builds the addon's own sources together with the stand-in for Vision as a module for this machine's Node.
 * Returns the module's path. Nothing is built where neither a source nor a tool has changed.
 */
export async function buildFake(tools: Toolchain, build: FakeBuild): Promise<string> {
  const { source, memory, sanitizer } = build;
  const out = join(source, 'build-linux', sanitizer === 'none' ? memory : `${memory}-${sanitizer}`);
  const module = join(out, 'mac_vision.node');
  const stamp = join(out, 'fingerprint');
  const fingerprint = sha256(contentOf(source, FINGERPRINTED) + JSON.stringify([tools, build, process.version]));
  if (existsSync(module) && existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return module;

  // Built aside and moved at the end: another process may be loading the one before.
  const aside = `${out}.${process.pid}`;
  rmSync(aside, { recursive: true, force: true });
  layOutHeaders(tools, join(aside, 'headers'));
  const units = fakeUnits(tools, build, aside);
  const limiter = new Limiter(availableParallelism());
  const headers = contentOf(source, HEADERS);
  const inputs = (unit: Unit) =>
    JSON.stringify([tools, process.version, unit.flags]).replaceAll(aside, '').replaceAll(source, '');
  await Promise.all(units.map((unit) => limiter.run(() => compile(unit, sha256(inputs(unit) + headers)))));
  if (memory === 'arc') {
    const apple = join(aside, 'mac_vision.o');
    await mustRun(tools.objcopy, ['--redefine-sym', '__objc_exec_class=arc_register_module', apple]);
  }
  const objects = units.map(({ object }) => object);
  await mustRun(tools.clangxx, [
    ...['-shared', '-pthread', ...SANITIZER_FLAGS[sanitizer], '-o', join(aside, basename(module)), ...objects],
    ...[`-L${tools.objcLibraryFolder}`, '-lgnustep-base', '-lobjc'],
  ]);
  writeFileSync(join(aside, basename(stamp)), fingerprint);
  rmSync(out, { recursive: true, force: true });
  mkdirSync(dirname(out), { recursive: true });
  renameSync(aside, out);
  return module;
}

/** Objects by what they are made of, shared by all copies of the sources: most of them differ in one file. */
const OBJECTS = join(import.meta.dirname, '../build-linux/objects');

async function compile({ compiler, file, object, flags }: Unit, inputs: string): Promise<void> {
  const known = join(OBJECTS, `${sha256(inputs + readFileSync(file, 'utf8'))}.o`);
  if (!existsSync(known)) {
    await mustRun(compiler, [...flags, '-c', file, '-o', object]);
    mkdirSync(OBJECTS, { recursive: true });
    copyFileSync(object, `${known}.${process.pid}`);
    renameSync(`${known}.${process.pid}`, known);
  }
  copyFileSync(known, object);
}

/** GCC's own Objective-C headers, apart from its C headers, and the one that GNUstep includes and GCC lacks. */
function layOutHeaders(tools: Toolchain, folder: string): void {
  const objc = join(folder, 'objc');
  mkdirSync(objc, { recursive: true });
  for (const header of globSync(join(tools.objcHeaders, '*.h'))) symlinkSync(header, join(objc, basename(header)));
  writeFileSync(join(objc, 'blocks_runtime.h'), '#include <Block.h>\n');
}

function contentOf(source: string, patterns: readonly string[]): string {
  const files = globSync(patterns, { cwd: source }).toSorted();
  return files.map((file) => `${file}\n${readFileSync(join(source, file), 'utf8')}`).join('\n');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
