import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGzip } from 'node:zlib';
import { largeStack } from './large-stack.ts';

/**
 * `npm run bench:doctor -- [--log-mb N]`: a stack of 1,000 functions and 200 subnets, and a gzipped log against
 * `gunzip | wc -l` in the same run. Prints figures; ends with 1 where a bound is not met.
 */
const SECONDS_MAX = 2;
const STACK_MB_MAX = 300;
const LOG_MB_MAX = 200;
const SHARE_MIN = 0.4;

const at = process.argv.indexOf('--log-mb');
const logMb = at === -1 ? 200 : Number(process.argv[at + 1]);
const folder = mkdtempSync(join(tmpdir(), 'doctor-bench-'));
const program = join(import.meta.dirname, '../dist/slipstream-doctor.js');
const faults: string[] = [];

interface Run {
  readonly seconds: number;
  readonly mb: number;
  readonly status: number | null;
}

/** The built program, measured from outside as a user waits for it; the memory that the system counted. */
function run(...args: string[]): Run {
  const startedAt = performance.now();
  const measure = 'process.on("exit",()=>require("fs").writeSync(2,`\\nRSS ${process.resourceUsage().maxRSS}\\n`))';
  const hook = join(folder, 'rss.cjs');
  writeFileSync(hook, measure);
  const { status, stderr } = spawnSync(process.execPath, ['--require', hook, program, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const kb = Number(/RSS (\d+)/.exec(stderr)?.[1] ?? Number.NaN);
  return { seconds: (performance.now() - startedAt) / 1_000, mb: kb / 1_024, status };
}

function say(what: string, value: string, isMet: boolean): void {
  process.stdout.write(`${isMet ? 'ok  ' : 'SLOW'}  ${what.padEnd(46)} ${value}\n`);
  if (!isMet) faults.push(what);
}

async function writeLog(path: string, megabytes: number): Promise<number> {
  const gzip = createGzip({ level: 1 });
  const file = createWriteStream(path);
  gzip.pipe(file);
  let state = 7;
  const random = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state / 4_294_967_296;
  };
  const hex = (length: number) => Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('');
  for (let n = 0; ; n += 1) {
    const id = `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;
    const stream = `2026/01/05/[$LATEST]${hex(32)}`;
    const time = (ms: number) => new Date(1_760_000_000_000 + n * 500 + ms).toISOString();
    const words = Array.from(
      { length: 12 },
      (_, line) =>
        `${stream} ${time(line)}\t${id}\tINFO\tread ${hex(24)} of ${hex(16)}, ${Math.floor(random() * 9_999)} bytes`,
    );
    const text = [
      `${stream} ${time(0)} START RequestId: ${id} Version: $LATEST`,
      ...words,
      `${stream} ${time(90)} END RequestId: ${id}`,
      `${stream} ${time(91)} REPORT RequestId: ${id}\tDuration: ${(random() * 900).toFixed(2)} ms\tBilled Duration: 900 ms\tMemory Size: 512 MB\tMax Memory Used: 90 MB`,
      '',
    ].join('\n');
    if (!gzip.write(text)) await once(gzip, 'drain');
    if (n % 500 === 0 && file.bytesWritten >= megabytes * 1e6) break;
  }
  gzip.end();
  await once(file, 'finish');
  return statSync(path).size / 1e6;
}

try {
  const stack = join(folder, 'cdk.tf.json');
  writeFileSync(stack, largeStack(1_000, 200));
  run('--synth', stack, '--json');
  const runs = [1, 2, 3].map(() => run('--synth', stack, '--json'));
  const best = runs.toSorted((a, b) => a.seconds - b.seconds)[0] ?? runs[0];
  if (best) {
    say(
      '1,000 functions and 200 subnets',
      `${best.seconds.toFixed(2)} s (at most ${SECONDS_MAX})`,
      best.seconds <= SECONDS_MAX && best.status !== 2,
    );
    say('… in memory', `${best.mb.toFixed(0)} MB (at most ${STACK_MB_MAX})`, best.mb <= STACK_MB_MAX);
  }
  const log = join(folder, 'log.gz');
  const size = await writeLog(log, logMb);
  const startedAt = performance.now();
  spawnSync('sh', ['-c', `gunzip -c "${log}" | wc -l`]);
  const plain = (performance.now() - startedAt) / 1_000;
  const read = run('logs', log, '--json');
  say(
    `a log of ${size.toFixed(0)} MB gzipped`,
    `${read.seconds.toFixed(1)} s; gunzip | wc -l: ${plain.toFixed(1)} s; share ${(plain / read.seconds).toFixed(2)} (at least ${SHARE_MIN})`,
    plain / read.seconds >= SHARE_MIN && read.status !== 2,
  );
  say('… in memory', `${read.mb.toFixed(0)} MB (at most ${LOG_MB_MAX})`, read.mb <= LOG_MB_MAX);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = faults.length > 0 ? 1 : 0;
