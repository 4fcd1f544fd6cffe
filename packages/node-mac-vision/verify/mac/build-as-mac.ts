import { chmodSync, globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { mustRun } from '../command.ts';
import type { Toolchain } from '../toolchain.ts';
import { layOutSdk, libcxxStub, MACOS_VERSION_MIN, type MacArchitecture } from './sdk.ts';

const GYP_ARCHITECTURE: Record<MacArchitecture, string> = { arm64: 'arm64', x86_64: 'x64' };
const DEFAULTS = { default_configuration: 'Release' };
const STRICT_LIBRARIES = ['libobjc', 'libSystem', 'Foundation', 'CoreFoundation', 'CoreGraphics', 'ImageIO', 'Vision'];

/**
 * Builds the addon for a Mac from binding.gyp, with node-gyp's own gyp and the flags it makes of it, and then links its
 * objects once more without `-undefined dynamic_lookup`. Throws with the compiler's or linker's words; returns the path of
 * the strictly linked Mach-O bundle. It is evidence, not a release: it has never seen a Mac.
 */
export async function buildAsMac(tools: Toolchain, source: string, arch: MacArchitecture): Promise<string> {
  const out = join(source, 'build-linux', `mac-${arch}`);
  rmSync(out, { recursive: true, force: true });
  const sdk = join(out, 'sdk');
  layOutSdk(tools, source, sdk);
  await generateMakefile(tools, source, out, arch);

  const cross = writeCrossTools(tools, join(out, 'bin'), sdk, arch);
  // node-gyp links before a stub of libc++ exists: dynamic look-up asks for none.
  writeFileSync(join(sdk, 'usr/lib/libc++.tbd'), libcxxStub([]));
  const make = [
    '-C',
    join(out, 'make'),
    'BUILDTYPE=Release',
    `CC=${cross.cc}`,
    `CXX=${cross.cxx}`,
    `LINK=${cross.cxx}`,
  ];
  await mustRun('make', ['V=1', `-j${availableParallelism()}`, ...make], {
    env: { PATH: `${join(out, 'bin')}:${process.env.PATH}` },
  });
  return linkStrictly(tools, source, out, arch);
}

async function generateMakefile(tools: Toolchain, source: string, out: string, arch: MacArchitecture): Promise<void> {
  const nodeGyp = dirname(createRequire(import.meta.url).resolve('node-gyp/package.json'));
  const make = join(out, 'make');
  mkdirSync(make, { recursive: true });
  const config = join(make, 'config.gypi');
  const target = GYP_ARCHITECTURE[arch];
  const variables = {
    ...process.config.variables,
    target_arch: target,
    host_arch: target,
    standalone_static_library: 1,
  };
  writeFileSync(config, JSON.stringify({ target_defaults: DEFAULTS, variables }, booleansAsText));
  const definitions = {
    library: 'shared_library',
    visibility: 'default',
    node_root_dir: dirname(dirname(tools.nodeHeaders)),
    node_gyp_dir: nodeGyp,
    node_lib_file: 'unused',
    module_root_dir: source,
    node_engine: 'v8',
  };
  await mustRun(
    'python3',
    [
      ...[join(source, 'verify/mac/gyp_as_mac.py'), join(nodeGyp, 'gyp/pylib'), 'binding.gyp', '-f', 'make'],
      ...[config, join(nodeGyp, 'addon.gypi'), join(tools.nodeHeaders, 'common.gypi')].flatMap((file) => ['-I', file]),
      ...Object.entries(definitions).map(([name, value]) => `-D${name}=${value}`),
      ...['--depth=.', '--no-parallel', '--generator-output', make, '-Goutput_dir=.'],
    ],
    { cwd: source, env: { PATH: `${writeXcodeTools(join(out, 'bin'), join(out, 'sdk'))}:${process.env.PATH}` } },
  );
}

/** gyp reads its files as Python literals: JSON's true and false have no meaning there. */
function booleansAsText(_name: string, value: unknown): unknown {
  return typeof value === 'boolean' ? String(value) : value;
}

/** What gyp asks of Xcode: where the SDK is, and which version. */
function writeXcodeTools(bin: string, sdk: string): string {
  mkdirSync(bin, { recursive: true });
  const answers = `case "$*" in *version*) echo ${MACOS_VERSION_MIN};; *path*) echo ${sdk};; *) echo /usr/bin/true;; esac`;
  script(join(bin, 'xcrun'), answers);
  script(join(bin, 'xcode-select'), 'echo /');
  script(join(bin, 'xcodebuild'), "printf 'Xcode 15.0\\nBuild version 15A240d\\n'");
  return bin;
}

function writeCrossTools(tools: Toolchain, bin: string, sdk: string, arch: MacArchitecture) {
  const target = `-target ${arch}-apple-macos${MACOS_VERSION_MIN} -isysroot ${sdk} -Werror`;
  const cc = join(bin, 'cross-cc');
  const cxx = join(bin, 'cross-cxx');
  script(cc, `exec ${tools.clang} ${target} "$@"`);
  // _GNU_SOURCE: without it musl hides functions that libc++'s headers take for granted.
  script(cxx, `exec ${tools.clangxx} ${target} -D_GNU_SOURCE -fuse-ld=lld -Wno-unused-command-line-argument "$@"`);
  return { cc, cxx };
}

function script(path: string, body: string): void {
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
}

/** Every name has to be in a stub library; Node's own are the only ones left to be found at run time. */
async function linkStrictly(tools: Toolchain, source: string, out: string, arch: MacArchitecture): Promise<string> {
  const objects = globSync(join(out, 'make/**/*.o'));
  const names = (await mustRun(tools.nm, ['-u', '-j', ...objects])).split('\n').map((line) => line.trim());
  const undefinedNames = [...new Set(names)].filter((name) => name.startsWith('_'));
  const libcxx = join(out, 'libc++.tbd');
  writeFileSync(libcxx, libcxxStub(undefinedNames));
  const bundle = join(out, 'mac_vision.node');
  await mustRun(tools.linker, [
    ...[
      '-arch',
      arch,
      '-platform_version',
      'macos',
      MACOS_VERSION_MIN,
      MACOS_VERSION_MIN,
      '-bundle',
      '-fatal_warnings',
    ],
    ...['-o', bundle, ...objects, libcxx],
    ...STRICT_LIBRARIES.map((library) => join(source, 'verify/stubs', `${library}.tbd`)),
    ...undefinedNames.filter((name) => name.startsWith('_napi_')).flatMap((name) => ['-U', name]),
  ]);
  return bundle;
}
