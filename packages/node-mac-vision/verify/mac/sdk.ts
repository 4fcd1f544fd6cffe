import { cpSync, existsSync, globSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Toolchain } from '../toolchain.ts';

/** The oldest macOS the addon is built for; binding.gyp says the same to Xcode. */
export const MACOS_VERSION_MIN = '13.0';
export const MAC_ARCHITECTURES = ['arm64', 'x86_64'] as const;
export type MacArchitecture = (typeof MAC_ARCHITECTURES)[number];

const FRAMEWORKS = ['Foundation', 'CoreFoundation', 'CoreGraphics', 'ImageIO', 'Vision'];
/** What clang reads of an SDK. */
const SDK_SETTINGS = {
  CanonicalName: `macosx${MACOS_VERSION_MIN}`,
  Version: MACOS_VERSION_MIN,
  MaximumDeploymentTarget: `${MACOS_VERSION_MIN}.99`,
  SupportedTargets: { macosx: { Archs: MAC_ARCHITECTURES, LLVMTargetTripleSys: 'macosx' } },
};

/**
 * Lays out a folder that clang takes for a macOS SDK: our declarations and stub libraries, musl's C headers, Debian's
 * libc++ headers. It is enough to compile and to link the addon, and nothing else.
 */
export function layOutSdk(tools: Toolchain, source: string, folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  const include = join(folder, 'usr/include');
  const lib = join(folder, 'usr/lib');
  mkdirSync(join(include, 'c++'), { recursive: true });
  mkdirSync(lib, { recursive: true });
  for (const header of globSync(join(tools.muslHeaders, '*'))) symlinkSync(header, join(include, basename(header)));
  symlinkSync(tools.libcxxHeaders, join(include, 'c++/v1'));
  cpSync(join(source, 'verify/mac/musl-for-libcxx/xlocale.h'), join(include, 'xlocale.h'));

  const stubs = join(source, 'verify/stubs');
  for (const library of ['libobjc', 'libSystem']) {
    cpSync(join(stubs, `${library}.tbd`), join(lib, `${library}.tbd`));
  }
  for (const framework of FRAMEWORKS) {
    const to = join(folder, 'System/Library/Frameworks', `${framework}.framework`);
    mkdirSync(join(to, 'Headers'), { recursive: true });
    cpSync(join(stubs, `${framework}.tbd`), join(to, `${framework}.tbd`));
    const declared = ['apple', 'common'].map((kind) =>
      join(source, 'verify/declarations', kind, framework, `${framework}.h`),
    );
    for (const header of declared.filter((path) => existsSync(path)))
      cpSync(header, join(to, 'Headers', basename(header)));
  }
  writeFileSync(join(folder, 'SDKSettings.json'), JSON.stringify(SDK_SETTINGS));
}

/** Mangled names of namespace std and __cxxabiv1, of operators new and delete, and of the C++ ABI. */
const STANDARD_CXX_NAME = /^(___cxa_|___gxx_|__ZN?K?St|__ZT[IVS]N?St|__ZT[IVS]N10__cxxabiv1|__Zn[wa]|__Zd[la])/;

/** `libc++.tbd` with the names that `objects` take from the standard library; any other C++ name stays unresolved. */
export function libcxxStub(undefinedNames: readonly string[]): string {
  const standard = undefinedNames.filter((name) => STANDARD_CXX_NAME.test(name));
  return `--- !tapi-tbd
tbd-version: 4
targets: [ x86_64-macos, arm64-macos ]
install-name: '/usr/lib/libc++.1.dylib'
exports:
  - targets: [ x86_64-macos, arm64-macos ]
    symbols: [ ${standard.map((name) => `'${name}'`).join(', ')} ]
...
`;
}
