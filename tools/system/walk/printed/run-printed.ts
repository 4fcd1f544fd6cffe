import { appendFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { runCommand, type Started, startCommand } from '../commands.ts';
import type { Printed } from './commands-in.ts';
import { type RunBy, ruleOf } from './rules.ts';

/** What stands in a document for something that only a deployed stack knows, by its word. */
export type Placeholders = Readonly<Record<string, string>>;

export interface PrintedOptions {
  readonly placeholders: Placeholders;
  readonly checkout: string;
  readonly env: NodeJS.ProcessEnv;
  readonly logFile: string;
  /** Lines that the walk runs by itself. */
  readonly isKnown: (line: string) => boolean;
  /** Why a line cannot be run here, or null. */
  readonly lacks: (line: string) => string | null;
  /** Makes what the line is about to find. */
  readonly before: (line: string) => Promise<void>;
  /** What only shows afterwards; a sentence where it is wrong. */
  readonly after: (line: string) => Promise<string | null>;
}

const SECONDS_MAX = 240;
const BUSY_TRIES_MAX = 12;
const BUSY_PAUSE_MS = 5_000;
/** The README's own line, without which `slipstream` alone is no program. */
const PATH_LINE = 'export PATH="$PWD:$PATH"\n';
const STACK_FOLDER = 'packages/infra-terraform-cdktf/cdktf.out/stacks/slipstream-dev';

/** What changes nothing; neighbours are run at the same time. */
const LOOKS =
  /^aws \w+ (describe|list|get|receive|tail|query)|slipstream (queues|agents|dead list|index status|list|show|doctor)\b|^npm run cost -- /;
const AT_A_TIME = 3;

type ByWalk = Extract<RunBy, { by: 'walk' }>;

interface Planned {
  readonly line: string;
  readonly where: string;
  readonly run: ByWalk;
}

/** Runs each once, as it is printed; returns what went wrong. What is not run is said. */
export async function runPrinted(printed: readonly Printed[], options: PrintedOptions): Promise<string[]> {
  const { planned, faults } = plan(printed, options);
  for (const batch of batches(planned))
    await Promise.all(
      batch.map(async ({ line, where, run }) => {
        await options.before(line);
        const fault = (await faultOf(line, run, options)) ?? (await options.after(line));
        console.log(`${fault === null ? 'ok    ' : 'FAILED'}       ${line}`);
        if (fault !== null) faults.push(`${where}: ${line}\n${fault}`);
      }),
    );
  return faults;
}

function plan(printed: readonly Printed[], options: PrintedOptions): { planned: Planned[]; faults: string[] } {
  const planned: Planned[] = [];
  const faults: string[] = [];
  const left = new Map<string, string[]>();
  const seen = new Set<string>();
  for (const { command, where } of printed) {
    const line = filled(command, options.placeholders);
    if (seen.has(line)) continue;
    seen.add(line);
    const run = ruleOf(line)?.run;
    if (run === undefined) faults.push(`${where}: no rule says what runs ${command}`);
    else if (run.by === 'nobody') left.set(run.why, [...(left.get(run.why) ?? []), command]);
    else if (run.by === 'walk' && !options.isKnown(line)) {
      const lack = options.lacks(line);
      if (lack === null) planned.push({ line, where, run });
      else console.error(`SKIPPED ${command}: ${lack}`);
    }
  }
  for (const [why, commands] of left) console.log(`not run here, ${why}: ${commands.join('; ')}`);
  return { planned, faults };
}

function batches(planned: readonly Planned[]): Planned[][] {
  const made: Planned[][] = [];
  for (const one of planned) {
    const last = made.at(-1);
    const fits = last && last.length < AT_A_TIME && [one, ...last].every(({ line }) => LOOKS.test(line));
    if (fits) last.push(one);
    else made.push([one]);
  }
  return made;
}

async function faultOf(line: string, run: ByWalk, options: PrintedOptions): Promise<string | null> {
  const { checkout, env, logFile } = options;
  appendFileSync(logFile, `\n$ ${line}\n`);
  const cwd = /^terraform /.test(line) ? `${checkout}/${STACK_FOLDER}` : checkout;
  const text = line.startsWith('slipstream ') ? `${PATH_LINE}${line}` : line;
  const started = { cwd, env, logFile, secondsMax: SECONDS_MAX, input: run.answers ?? '' };
  if (run.stays) {
    const said = await untilBegun(startCommand(text, started), run.stays);
    return run.stays.test(said) ? null : `did not begin: ${said.slice(-1_500)}`;
  }
  const { codes = [0], prints, busy } = run;
  let { code, text: out } = await runCommand(text, started);
  for (let tries = 1; tries < BUSY_TRIES_MAX && busy?.test(out); tries += 1) {
    await pause(BUSY_PAUSE_MS);
    ({ code, text: out } = await runCommand(text, started));
  }
  if (!codes.includes(code ?? -1)) return `ended with ${code}: ${out.slice(-1_500)}`;
  return prints && !prints.test(out) ? `did not print ${prints}: ${out.slice(-1_500)}` : null;
}

/** A program that stays is stopped as by Ctrl-C; what it printed. */
async function untilBegun({ child, text }: Started, begun: RegExp): Promise<string> {
  const end = (signal: NodeJS.Signals) => child.pid !== undefined && process.kill(-child.pid, signal);
  const timer = setTimeout(() => end('SIGKILL'), SECONDS_MAX * 1_000);
  let isStopped = false;
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', () => {
      if (isStopped || !begun.test(text())) return;
      isStopped = true;
      end('SIGINT');
    });
  await new Promise((resolve) => child.once('close', resolve));
  clearTimeout(timer);
  return text();
}

/** A word in capitals stands for a value; longer names first, since one may hold another. */
export function filled(command: string, placeholders: Placeholders): string {
  const names = Object.keys(placeholders).toSorted((a, b) => b.length - a.length);
  return names.reduce(
    (line, name) => line.replaceAll(new RegExp(`(?<![A-Z_])${name}(?![A-Z_])`, 'g'), placeholders[name] ?? ''),
    command,
  );
}
