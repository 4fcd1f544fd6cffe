import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const PROGRAM = fileURLToPath(new URL('support/synthesise-all.ts', import.meta.url));
/** Of the processor, not of the clock: what else the machine does is no fault of the stacks'. */
const CPU_S_MAX = 10;

test(`all environments are synthesised within ${CPU_S_MAX} s of processor time`, () => {
  // The system ends a process that takes more.
  const limited = `ulimit -t ${CPU_S_MAX} && exec "$0" "$1"`;
  const { status, signal, stderr } = spawnSync('sh', ['-c', limited, process.execPath, PROGRAM], { encoding: 'utf8' });
  expect({ status, signal, stderr }).toEqual({ status: 0, signal: null, stderr: '' });
});
