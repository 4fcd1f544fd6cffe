import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { hasPseudoTerminals, runOnTerminal } from '@slipstream/testing/pseudo-terminal';
import { type Capture, checkCapture, checkJson } from './check-capture.ts';
import { documentedCommands, PROJECT } from './commands-in.ts';
import { runOf } from './how-commands-run.ts';

/**
 * A day with the built programs: photographs are submitted to `slipstream dev`, with submits that are interrupted and
 * killed and a dev that is killed in the middle of reading and started again; then every verb is run on terminals of 80
 * and 120 columns, with --json, and into a pipe that is closed early, and every documented command as it is printed.
 * What was shown is kept in `captures/`, to be looked at. Ends with 1 and a line a fault.
 *
 *   npm run test:day                 66 scans where they are, else the samples
 *   npm run test:day -- --short      two samples
 */
const { values } = parseArgs({ options: { short: { type: 'boolean' }, engine: { type: 'string', default: 'auto' } } });
const COLUMNS = [80, 120] as const;
const CAPTURES = join(import.meta.dirname, 'captures');
const SCANS = join(PROJECT, '../shared/sroie/img');
const SHORT = ['french-cafe-wrong-sum.jpg', 'letter-no-receipt.jpg'];

/** What each verb is called with; `{data}` is put behind. */
const VERBS = [
  'list',
  'list --status NEEDS_REVIEW',
  'list --status REVIEWED',
  'list --status NO_RECEIPT',
  'list --failed',
  'show last',
  'show 1',
  'status',
  'agents',
  'queues',
  'dead list',
  'merchants list',
  'index status',
  'index verify',
  'open last --print',
  'export',
] as const;

const home = mkdtempSync(join(tmpdir(), 'slipstream-day-'));
const data = join(home, '.slipstream');
const faults: string[] = [];
const env = {
  ...process.env,
  PATH: `${PROJECT}:${join(PROJECT, 'node_modules/.bin')}:${process.env.PATH}`,
  HOME: home,
  XDG_CONFIG_HOME: join(home, '.config'),
  SLIPSTREAM_PORT: '0',
};
let dev: ChildProcess | null = null;
try {
  await day();
} finally {
  if (dev !== null && dev.exitCode === null) await ended(dev, 'SIGTERM');
  rmSync(home, { recursive: true, force: true });
}
for (const fault of faults) process.stdout.write(`${fault.slice(0, 400)}\n`);
process.stdout.write(faults.length === 0 ? `No fault. Look at ${CAPTURES}.\n` : `${faults.length} faults.\n`);
process.exitCode = faults.length === 0 ? 0 : 1;

async function day(): Promise<void> {
  if (!hasPseudoTerminals) process.stdout.write('SKIPPED the terminals: there is no python3.\n');
  rmSync(CAPTURES, { recursive: true, force: true });
  mkdirSync(CAPTURES, { recursive: true });
  const photographs = copyPhotographs();
  mistyped();
  dev = await startDev();
  await interruptions(photographs);
  await capture('submit --wait', 80, ['submit', photographs, '--wait'], [0, 1]);
  for (const verb of VERBS) {
    for (const columns of COLUMNS) await capture(verb, columns, verb.split(' '));
    faults.push(...checkJson(verb, run(`slipstream ${verb} --json --data '${data}'`)));
  }
  closedEarly();
  documented();
}

/** Nothing of this loses a photograph or has one read twice: what was interrupted is submitted once more. */
async function interruptions(photographs: string): Promise<void> {
  const interrupted = await submitUntil(photographs, 'SIGINT');
  if (interrupted.code !== 130) faults.push(`submit --wait ended with ${interrupted.code} at SIGINT`);
  if (!/^Stopped/m.test(interrupted.err)) faults.push(`submit --wait at SIGINT says nothing: ${interrupted.err}`);
  await submitUntil(photographs, 'SIGKILL');
  if (dev !== null) await ended(dev, 'SIGKILL');
  dev = await startDev();
  const { code, err } = await submitUntil(photographs, null);
  if (code !== 0 && code !== 1) faults.push(`submit after the interruptions ended with ${code}: ${err}`);
  const files = readdirSync(photographs).length;
  const ids = (verb: string, key: string) => {
    const { out } = run(`slipstream list ${verb} --limit 1000 --json --data '${data}'`);
    const printed: unknown = JSON.parse(out || 'null');
    const list = Array.isArray(printed) ? printed : Object(printed)[key];
    return Array.isArray(list) ? list.map(({ image_id, id }) => String(image_id ?? id)) : [];
  };
  const [receipts, blank, failed] = [
    ids('', 'receipts'),
    ids('--status NO_RECEIPT', 'images'),
    ids('--failed', 'failures'),
  ];
  const all = new Set([...receipts, ...blank, ...failed]).size;
  process.stdout.write(
    `After the interruptions: ${files} files, ${new Set(receipts).size} images with receipts, ${blank.length} without, ${failed.length} failed.\n`,
  );
  if (all !== files) faults.push(`${files} files were submitted and ${all} images are accounted for`);
  if (failed.length > 0) faults.push(`${failed.length} images failed: ${failed.join(', ')}`);
}

/** `submit --wait`; with a signal, which is sent while some are read and some are not. */
async function submitUntil(photographs: string, signal: NodeJS.Signals | null): Promise<Capture> {
  const child = spawn('slipstream', ['submit', photographs, '--wait', '--data', data], { env, cwd: home });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    said.out += chunk;
  });
  let isSent = false;
  child.stderr.on('data', (chunk) => {
    said.err += chunk;
    // Each image that ends is a line.
    if (signal === null || isSent) return;
    isSent = true;
    child.kill(signal);
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, ...said };
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await gone;
}

function copyPhotographs(): string {
  const folder = join(home, 'photographs');
  const scans = existsSync(SCANS) && !values.short ? SCANS : join(PROJECT, 'samples');
  if (scans !== SCANS && !values.short)
    process.stdout.write('SKIPPED the 66 scans, which are not here: the samples instead.\n');
  const names = values.short ? SHORT : readdirSync(scans).filter((name) => /\.jpe?g$/.test(name));
  mkdirSync(folder);
  for (const name of names) cpSync(join(scans, name), join(folder, name));
  cpSync(join(PROJECT, 'samples/us-diner.jpg'), join(home, 'receipt.jpg'));
  return folder;
}

function startDev(): Promise<ChildProcess> {
  // A pipe that nobody reads would be full in the middle of the scans, and the log waits for its reader.
  const log = openSync(join(CAPTURES, 'dev.log'), 'a');
  const args = ['dev', '--json', '--data', data, '--engine', values.engine];
  const child = spawn('slipstream', args, { env, cwd: home, stdio: ['ignore', 'pipe', log] });
  closeSync(log);
  return new Promise((resolve, reject) => {
    child.stdout?.once('data', () => resolve(child));
    child.once('exit', (code) => reject(new Error(`slipstream dev ended with ${code}`)));
  });
}

/** As a shell runs it, in a home of its own. */
function run(command: string): Capture {
  const options = { env: { ...env, NO_COLOR: '1' }, cwd: home, encoding: 'utf8' as const, timeout: 120_000 };
  const { status, stdout, stderr } = spawnSync('bash', ['-o', 'pipefail', '-c', command], options);
  return { code: status, out: stdout, err: stderr };
}

async function capture(
  name: string,
  columns: number,
  args: readonly string[],
  codes: readonly number[] = [0],
): Promise<void> {
  if (!hasPseudoTerminals) return;
  const { code, lines, raw } = await runOnTerminal(['slipstream', ...args, '--data', data], { columns, env });
  writeFileSync(join(CAPTURES, `${name.replace(/\W+/g, '-')}.${columns}.txt`), `${lines.join('\n')}\n`);
  writeFileSync(join(CAPTURES, `${name.replace(/\W+/g, '-')}.${columns}.raw`), raw);
  // What is exported is for programs, whatever it is written to.
  if (!name.startsWith('export')) faults.push(...checkCapture(name, { code, lines }, columns, codes));
}

/** A folder that is not there is no new one. */
function mistyped(): void {
  for (const verb of VERBS.filter((each) => each !== 'open last --print')) {
    const { code, err } = run(`slipstream ${verb} --data '${join(home, 'typo')}'`);
    if (code !== 1 || !err.includes('--data')) faults.push(`${verb} on a mistyped folder: ${code} ${err}`);
    if (existsSync(join(home, 'typo'))) faults.push(`${verb} made a mistyped folder`);
  }
}

function closedEarly(): void {
  for (const verb of VERBS) {
    const { code, err } = run(`slipstream ${verb} --data '${data}' | head -c 1 >/dev/null`);
    if (code !== 0 || /EPIPE|at .*:\d+:\d+/.test(err)) faults.push(`${verb} into a closed pipe: ${code} ${err}`);
  }
}

/** As printed; what stands for a value gets one. */
function documented(): void {
  const merchants: unknown = JSON.parse(run(`slipstream merchants list --json`).out || '{"merchants":[]}').merchants;
  const [merchant, other] = Array.isArray(merchants) ? merchants.map(({ merchant_id }) => String(merchant_id)) : [];
  for (const { document, command } of documentedCommands()) {
    if (
      runOf(command)?.kind !== 'day' ||
      /^slipstream show$|\b(dev|watch|recover|index init|doctor|dead show|merchants merge|--continuous)\b/.test(command)
    )
      continue;
    const printed = command
      .replace(/\\\|/g, '|')
      .replace(/IMAGE_ID(?!\/)|<image>/g, 'last')
      .replace('IMAGE_ID/1', '1')
      .replace(/MERCHANT_ID/g, merchant ?? 'none')
      .replace('DUPLICATE_ID', other ?? 'none')
      .replace('FILE --explain', '--explain < /dev/null')
      .replace('open last', 'open last --print')
      .replace(/localhost:3737/, run('slipstream open --json').out.match(/127\.0\.0\.1:\d+/)?.[0] ?? '')
      .replace('"$PWD:', `"${PROJECT}:`)
      .replaceAll('./', `${PROJECT}/`)
      .replace(/~\/Desktop\/[^ ]+/, 'receipt.jpg');
    const { code, err } = run(printed);
    if (code === 2 || /\bat .*:\d+:\d+|unknown (option|command)/.test(err))
      faults.push(`${document}: ${command}: ${code} ${err}`);
  }
}
