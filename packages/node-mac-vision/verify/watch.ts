import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ADDON_VARIABLE } from '../src/find-addon.ts';
import { buildFake } from './build-fake.ts';
import { mustRun, type Ran, run } from './command.ts';
import type { MemoryModel, Sanitizer } from './fake-units.ts';
import type { Toolchain } from './toolchain.ts';

export type Watcher = Sanitizer | 'valgrind';

/** Jobs of the memory test: a leak that a sanitizer sees once needs no repetition. */
const JOBS: Record<Watcher, number> = { none: 1_000, address: 100, thread: 100, valgrind: 50 };
const LEAK_KINDS = 'definite';
/**
 * `--undef-value-errors=no`: V8 reads uninitialised memory by design. `--smc-check`: it writes the code that it runs.
 * A wrong exit status would be overwritten by valgrind's own, so errors get one that nothing else has.
 */
const VALGRIND = [
  ...['-q', '--error-exitcode=9', '--leak-check=full', `--show-leak-kinds=${LEAK_KINDS}`],
  ...[
    `--errors-for-leak-kinds=${LEAK_KINDS}`,
    '--num-callers=40',
    '--undef-value-errors=no',
    '--smc-check=all-non-file',
  ],
];

const TSAN_RULE = '==================';
/** Without its helper threads V8 has fewer races that are none. */
const ONE_V8_THREAD = ['--single-threaded', '--v8-pool-size=0'];

/** Runs the scenarios in `source` while `watcher` looks on. Status 0: they hold and it has nothing to say. */
export async function watch(tools: Toolchain, source: string, watcher: Watcher, memory: MemoryModel): Promise<Ran> {
  const addon = await buildFake(tools, { source, memory, sanitizer: watcher === 'valgrind' ? 'none' : watcher });
  const suppressions = (name: string) => join(source, 'verify/suppressions', `${name}.txt`);
  const node = [process.execPath, '--expose-gc', '--disable-warning=ExperimentalWarning'];
  const exercise = [join(source, 'verify/exercise.ts'), String(JOBS[watcher])];
  // The second Node to start finds the sources without their types, and needs no WebAssembly to strip them.
  const env = { [ADDON_VARIABLE]: addon, NODE_COMPILE_CACHE: join(source, 'build-linux/compile-cache') };
  switch (watcher) {
    case 'none':
      return start([...node, ...exercise], env);
    case 'address':
      return start([...node, ...exercise], {
        ...env,
        LD_PRELOAD: await runtime(tools, 'asan'),
        // The slow unwinder sees through Node's frames, which the suppressions name.
        ASAN_OPTIONS: 'detect_leaks=1:fast_unwind_on_malloc=0',
        LSAN_OPTIONS: `suppressions=${suppressions('address')}:print_suppressions=0`,
        UBSAN_OPTIONS: 'print_stacktrace=1',
      });
    case 'thread':
      return withoutNodesOwnRaces(
        await start([...node, ...ONE_V8_THREAD, ...exercise], {
          ...env,
          LD_PRELOAD: await runtime(tools, 'tsan'),
          TSAN_OPTIONS: `exitcode=0:suppressions=${suppressions('thread')}`,
        }),
      );
    case 'valgrind':
      return start(
        [
          'valgrind',
          ...VALGRIND,
          `--suppressions=${suppressions('valgrind')}`,
          ...node,
          '--single-threaded-gc',
          ...exercise,
        ],
        env,
      );
  }
}

/** Node is not built for ThreadSanitizer, which misses its locks: only a race that the addon takes part in counts. */
function withoutNodesOwnRaces(ran: Ran): Ran {
  const reports = ran.output.split(TSAN_RULE).filter((part) => part.includes('WARNING: ThreadSanitizer'));
  const ours = reports.filter((report) => /mac_vision|native\/addon|verify\/fake/.test(report));
  return ours.length > 0 ? { ...ran, status: 1, output: ours.join(TSAN_RULE) } : ran;
}

function start([program = '', ...args]: string[], env: Record<string, string>): Promise<Ran> {
  return run(program, args, { env });
}

async function runtime(tools: Toolchain, sanitizer: 'asan' | 'tsan'): Promise<string> {
  const machine = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
  const name = `libclang_rt.${sanitizer}-${machine}.so`;
  const path = (await mustRun(tools.clang, [`-print-file-name=${name}`])).trim();
  if (!existsSync(path)) throw new Error(`${name} is not installed`);
  return path;
}
