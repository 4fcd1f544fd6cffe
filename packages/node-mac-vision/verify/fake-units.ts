import { globSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { bindingSettings } from './binding-settings.ts';
import type { Toolchain } from './toolchain.ts';

export type MemoryModel = 'manual' | 'arc';
export type Sanitizer = 'none' | 'address' | 'thread';

export interface FakeBuild {
  /** The package's folder, or a copy of it. */
  source: string;
  memory: MemoryModel;
  sanitizer: Sanitizer;
}

/** One file to compile. */
export interface Unit {
  compiler: string;
  file: string;
  object: string;
  flags: string[];
}

const WARNINGS = ['-Wall', '-Wextra', '-Werror'];
const HIDDEN = '-fvisibility=hidden';
export const SANITIZER_FLAGS: Record<Sanitizer, string[]> = {
  none: [],
  address: [
    '-fsanitize=address,undefined',
    '-fno-sanitize-recover=undefined',
    '-fno-omit-frame-pointer',
    '-shared-libasan',
  ],
  thread: ['-fsanitize=thread'],
};
const MODULE_DEFINES = [
  '-DNODE_GYP_MODULE_NAME=mac_vision',
  // The stand-in's module is loaded in the addon's place and calls it; see fake_module.c.
  '-Dnapi_register_module_v1=mac_vision_module',
];

/** Every file of the addon and of the stand-in, with how it is compiled for this machine's Node and GNUstep. */
export function fakeUnits(tools: Toolchain, build: FakeBuild, out: string): Unit[] {
  const binding = bindingSettings(build.source);
  const at = (path: string) => join(build.source, path);
  const common = `-I${at('verify/declarations/common')}`;
  // DWARF 4, because Debian 12's valgrind does not read clang's DWARF 5.
  const base = ['-gdwarf-4', '-O1', '-fPIC', '-pthread', ...WARNINGS, ...SANITIZER_FLAGS[build.sanitizer]];
  const exceptions = ['-fexceptions', '-fobjc-exceptions', '-fconstant-string-class=NSConstantString'];
  const gnustep = [
    ...['-fobjc-runtime=gcc', ...exceptions, '-D_NATIVE_OBJC_EXCEPTIONS', '-fblocks'],
    ...['-DGNUSTEP', '-DGNUSTEP_BASE_LIBRARY=1', '-DGNU_RUNTIME=1'],
    ...[`-isystem${join(out, 'headers')}`, `-isystem${tools.gnustepHeaders}`, common],
  ];
  const arc = [
    ...['-fobjc-arc', ...binding.objectiveCFlags, '-fobjc-runtime=gnustep-1.9', '-fobjc-legacy-dispatch'],
    ...[...exceptions, `-I${at('verify/declarations/apple')}`, common],
  ];
  const defines = [...binding.defines.map((define) => `-D${define}`), ...MODULE_DEFINES];
  const node = [`-isystem${tools.nodeHeaders}`, `-isystem${tools.nodeAddonApi}`];
  const unit = (compiler: string, file: string, flags: string[]): Unit => ({
    compiler,
    file,
    object: join(out, `${basename(file, extname(file))}.o`),
    flags: [...base, ...flags],
  });
  const c = (file: string, flags: string[] = []) => unit(tools.clang, file, flags);

  const addon = globSync(at('native/addon/*.cc')).map((file) =>
    unit(tools.clangxx, file, ['-std=c++20', '-fexceptions', HIDDEN, ...defines, ...node]),
  );
  // The stand-in implements of a declared class what the addon uses.
  const fakes = globSync(at('verify/fake/fake_*.m')).map((file) =>
    c(file, [...gnustep, '-Wno-incomplete-implementation']),
  );
  const bridge = build.memory === 'arc' ? [c(at('verify/fake/arc_on_gcc_runtime.m'), gnustep)] : [];
  return [
    ...addon,
    ...fakes,
    ...bridge,
    c(at('verify/fake/fake_counters.c')),
    c(at('verify/fake/fake_module.c'), node),
    c(at('native/mac_vision_memory.c'), [HIDDEN]),
    c(at('native/mac_vision.m'), [...(build.memory === 'arc' ? arc : gnustep), HIDDEN]),
  ];
}
