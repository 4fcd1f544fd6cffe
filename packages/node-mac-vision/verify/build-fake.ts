import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { mustRun } from './command.ts';
import type { Toolchain } from './toolchain.ts';

export type MemoryModel = 'manual' | 'arc';
export type Sanitizer = 'none' | 'address' | 'thread';

export interface FakeBuild {
  /** The package's folder, or a copy of it. */
  source: string;
  memory: MemoryModel;
  sanitizer: Sanitizer;
}

const WARNINGS = ['-Wall', '-Wextra', '-Werror'];
const SANITIZER_FLAGS: Record<Sanitizer, string[]> = {
  none: [],
  address: ['-fsanitize=address,undefined', '-fno-omit-frame-pointer', '-shared-libasan'],
  thread: ['-fsanitize=thread'],
};
const CPP_DEFINES = ['NAPI_VERSION=9', 'NAPI_CPP_EXCEPTIONS', 'NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS'];

/**
 * Builds the addon's own sources together with the stand-in for Vision as a module for this machine's Node.
 * Returns the module's path. Nothing is built where neither a source nor a flag has changed.
 */
export function buildFake(tools: Toolchain, build: FakeBuild): string {
  const { source, memory, sanitizer } = build;
  const out = join(source, 'build-linux', sanitizer === 'none' ? memory : `${memory}-${sanitizer}`);
  const module = join(out, 'mac_vision.node');
  const fingerprint = fingerprintOf(source, JSON.stringify([tools, build]));
  const stamp = join(out, 'fingerprint');
  if (existsSync(module) && existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return module;

  rmSync(out, { recursive: true, force: true });
  const headers = gccRuntimeHeaders(tools, out);
  // DWARF 4, because Debian 12's valgrind does not read clang's DWARF 5.
  const base = ['-gdwarf-4', '-O1', '-fPIC', '-pthread', ...WARNINGS, ...SANITIZER_FLAGS[sanitizer]];
  const common = join(source, 'verify/declarations/common');
  const objc = [
    ...['-fobjc-runtime=gcc', '-fexceptions', '-fobjc-exceptions', '-D_NATIVE_OBJC_EXCEPTIONS'],
    ...['-fconstant-string-class=NSConstantString', '-DGNUSTEP', '-DGNUSTEP_BASE_LIBRARY=1', '-DGNU_RUNTIME=1'],
    ...['-fblocks', `-isystem${headers}`, `-isystem${tools.gnustepHeaders}`, `-I${common}`],
  ];
  const arc = [
    ...['-fobjc-arc', '-fobjc-arc-exceptions', '-fobjc-runtime=gnustep-1.9', '-fobjc-legacy-dispatch'],
    ...['-fexceptions', '-fobjc-exceptions', '-fconstant-string-class=NSConstantString'],
    ...[`-I${join(source, 'verify/declarations/apple')}`, `-I${common}`],
  ];
  const objects: string[] = [];
  const compile = (compiler: string, file: string, flags: string[]): string => {
    const object = join(out, `${basename(file, extname(file))}.o`);
    mustRun(compiler, [...base, ...flags, '-c', file, '-o', object]);
    objects.push(object);
    return object;
  };

  const fakes = globSync(join(source, 'verify/fake/*.m')).filter((file) => !file.includes('arc_on_gcc'));
  // The stand-in implements of Vision what it needs; the rest of a declared class stays unimplemented.
  for (const file of fakes) compile(tools.clang, file, [...objc, '-Wno-incomplete-implementation']);
  compile(tools.clang, join(source, 'verify/fake/fake_counters.c'), []);
  compile(tools.clang, join(source, 'verify/fake/fake_module.c'), [`-isystem${tools.nodeHeaders}`]);
  compile(tools.clang, join(source, 'native/mac_vision_memory.c'), ['-fvisibility=hidden']);
  const apple = compile(tools.clang, join(source, 'native/mac_vision.m'), [
    ...(memory === 'arc' ? arc : objc),
    '-fvisibility=hidden',
  ]);
  if (memory === 'arc') {
    mustRun(tools.objcopy, ['--redefine-sym', '__objc_exec_class=arc_register_module', apple]);
    compile(tools.clang, join(source, 'verify/fake/arc_on_gcc_runtime.m'), objc);
  }
  for (const file of globSync(join(source, 'native/addon/*.cc'))) {
    compile(tools.clangxx, file, [
      ...['-std=c++20', '-fexceptions', '-fvisibility=hidden', '-DNODE_GYP_MODULE_NAME=mac_vision'],
      // The stand-in's module is loaded in its place and calls it; see fake_module.c.
      '-Dnapi_register_module_v1=mac_vision_module',
      ...CPP_DEFINES.map((define) => `-D${define}`),
      ...[`-isystem${tools.nodeHeaders}`, `-isystem${tools.nodeAddonApi}`],
    ]);
  }
  mustRun(tools.clangxx, [
    ...['-shared', '-pthread', ...SANITIZER_FLAGS[sanitizer], '-o', module, ...objects],
    ...[`-L${tools.objcLibraryFolder}`, '-lgnustep-base', '-lobjc'],
  ]);
  writeFileSync(stamp, fingerprint);
  return module;
}

/** GNUstep includes <objc/blocks_runtime.h>, which GCC does not have. */
function gccRuntimeHeaders(tools: Toolchain, out: string): string {
  const folder = join(out, 'headers');
  mkdirSync(join(folder, 'objc'), { recursive: true });
  for (const header of globSync(join(tools.objcHeaders, '*.h'))) {
    symlinkSync(header, join(folder, 'objc', basename(header)));
  }
  writeFileSync(join(folder, 'objc/blocks_runtime.h'), '#include <Block.h>\n');
  return folder;
}

function fingerprintOf(source: string, settings: string): string {
  const hash = createHash('sha256').update(settings);
  const files = globSync(['native/**/*.{h,m,c,cc}', 'verify/fake/*', 'verify/declarations/**/*.h', 'verify/*.ts'], {
    cwd: source,
  });
  for (const file of files.toSorted()) hash.update(file).update(readFileSync(join(source, file)));
  return hash.digest('hex');
}
