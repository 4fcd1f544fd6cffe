import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Programs and headers that the checks on Linux need; `scripts/install-debian-tools.sh` installs them. */
export interface Toolchain {
  clang: string;
  clangxx: string;
  objcopy: string;
  nm: string;
  linker: string;
  muslHeaders: string;
  libcxxHeaders: string;
  gnustepHeaders: string;
  /** GCC's own folder of Objective-C headers: `…/include/objc`. */
  objcHeaders: string;
  objcLibraryFolder: string;
  nodeHeaders: string;
  nodeAddonApi: string;
}

export type FoundToolchain = { found: true; tools: Toolchain } | { found: false; missing: string[] };

const LLVM_VERSION = 19;
const MUSL_TRIPLETS: Partial<Record<NodeJS.Architecture, string>> = { x64: 'x86_64', arm64: 'aarch64' };

function program(name: string): string | undefined {
  const found = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
  return found.status === 0 ? found.stdout.trim() : undefined;
}

/** GCC prints the name back when it has no such file. */
function gccFile(name: string): string | undefined {
  const asked = spawnSync('gcc', [`-print-file-name=${name}`], { encoding: 'utf8' });
  if (asked.status !== 0) return undefined;
  const printed = asked.stdout.trim();
  return printed !== name && existsSync(printed) ? printed : undefined;
}

function firstExisting(paths: string[]): string | undefined {
  return paths.find((path) => existsSync(path));
}

export function findToolchain(): FoundToolchain {
  const require = createRequire(import.meta.url);
  const nodeFolder = dirname(dirname(realpathSync(process.execPath)));
  const objcHeader = gccFile('include/objc/objc.h');
  const objcLibrary = gccFile('libobjc.so');
  const musl = MUSL_TRIPLETS[process.arch];
  const wanted: { [K in keyof Toolchain]: string | undefined } = {
    clang: program(`clang-${LLVM_VERSION}`),
    clangxx: program(`clang++-${LLVM_VERSION}`),
    objcopy: program(`llvm-objcopy-${LLVM_VERSION}`),
    nm: program(`llvm-nm-${LLVM_VERSION}`),
    linker: program(`ld64.lld-${LLVM_VERSION}`),
    muslHeaders: musl && firstExisting([`/usr/include/${musl}-linux-musl`]),
    libcxxHeaders: firstExisting([`/usr/lib/llvm-${LLVM_VERSION}/include/c++/v1`]),
    gnustepHeaders: firstExisting(['/usr/include/GNUstep']),
    objcHeaders: objcHeader && dirname(objcHeader),
    objcLibraryFolder: objcLibrary && dirname(objcLibrary),
    nodeHeaders: firstExisting([join(nodeFolder, 'include', 'node'), '/usr/include/node']),
    nodeAddonApi: dirname(require.resolve('node-addon-api/package.json')),
  };
  const missing = Object.entries(wanted).flatMap(([name, value]) => (value === undefined ? [name] : []));
  return isComplete(wanted) ? { found: true, tools: wanted } : { found: false, missing };
}

function isComplete(tools: { [K in keyof Toolchain]: string | undefined }): tools is Toolchain {
  return Object.values(tools).every((value) => value !== undefined);
}

/** The tools, or, after saying loudly that `what` is skipped, the end of the process with success. */
export function toolchainOrSkip(what: string): Toolchain {
  const toolchain = findToolchain();
  if (toolchain.found) return toolchain.tools;
  console.error(`SKIPPED: ${what}. Not found: ${toolchain.missing.join(', ')}.`);
  console.error('Install the tools with packages/node-mac-vision/scripts/install-debian-tools.sh (Debian, Ubuntu).');
  process.exit(0);
}
