import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { Limiter } from '../src/limiter.ts';
import { mustRun } from './command.ts';
import { type FakeBuild, fakeUnits, SANITIZER_FLAGS, type Unit } from './fake-units.ts';
import type { Toolchain } from './toolchain.ts';

const FINGERPRINTED = ['native/**/*.{h,m,c,cc}', 'verify/fake/*', 'verify/declarations/**/*.h', 'verify/fake-units.ts'];

/**
 * Builds the addon's own sources together with the stand-in for Vision as a module for this machine's Node.
 * Returns the module's path. Nothing is built where neither a source nor a tool has changed.
 */
export async function buildFake(tools: Toolchain, build: FakeBuild): Promise<string> {
  const { source, memory, sanitizer } = build;
  const out = join(source, 'build-linux', sanitizer === 'none' ? memory : `${memory}-${sanitizer}`);
  const module = join(out, 'mac_vision.node');
  const stamp = join(out, 'fingerprint');
  const fingerprint = fingerprintOf(source, JSON.stringify([tools, build, process.version]));
  if (existsSync(module) && existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return module;

  // Built aside and moved at the end: another process may be loading the one before.
  const aside = `${out}.${process.pid}`;
  rmSync(aside, { recursive: true, force: true });
  layOutHeaders(tools, join(aside, 'headers'));
  const units = fakeUnits(tools, build, aside);
  const limiter = new Limiter(availableParallelism());
  await Promise.all(units.map((unit) => limiter.run(() => compile(unit))));
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

function compile({ compiler, file, object, flags }: Unit): Promise<string> {
  return mustRun(compiler, [...flags, '-c', file, '-o', object]);
}

/** GCC's own Objective-C headers, apart from its C headers, and the one that GNUstep includes and GCC lacks. */
function layOutHeaders(tools: Toolchain, folder: string): void {
  const objc = join(folder, 'objc');
  mkdirSync(objc, { recursive: true });
  for (const header of globSync(join(tools.objcHeaders, '*.h'))) symlinkSync(header, join(objc, basename(header)));
  writeFileSync(join(objc, 'blocks_runtime.h'), '#include <Block.h>\n');
}

function fingerprintOf(source: string, settings: string): string {
  const hash = createHash('sha256').update(settings);
  for (const file of globSync(FINGERPRINTED, { cwd: source }).toSorted()) {
    hash.update(file).update(readFileSync(join(source, file)));
  }
  return hash.digest('hex');
}
