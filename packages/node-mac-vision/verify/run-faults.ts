/**
 * `npm run test:faults`: plants each of the faults in a copy of the sources and shows that the checks catch it, and at which
 * level. Asks each fault's own level; with --all every level, which takes some twenty minutes; with names, only those.
 * With CI=true the short form: one fault a level, which shows that each level still bites.
 * `--json` prints the table as JSON. Exits with 1 where a fault is not caught by its level.
 */
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Limiter } from '../src/limiter.ts';
import { type Fault, LEVELS, type Level, plant, readFaults } from './fault.ts';
import { askLevel } from './levels.ts';
import { toolchainOrSkip } from './toolchain.ts';

const AT_ONCE = 2;

const { values, positionals } = parseArgs({
  options: { all: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const source = resolve(import.meta.dirname, '..');
const tools = toolchainOrSkip('the seeded faults');
const faults = chosen(readFaults(source));

function chosen(all: Fault[]): Fault[] {
  if (positionals.length > 0) return all.filter(({ name }) => positionals.includes(name));
  if (!process.env.CI || values.all) return all;
  return LEVELS.flatMap((level) => all.find(({ caughtBy }) => caughtBy === level) ?? []);
}

interface Verdict {
  fault: Fault;
  complaints: Partial<Record<Level, string | null>>;
}

async function judge(fault: Fault): Promise<Verdict> {
  const copy = plant(fault, source);
  const complaints: Verdict['complaints'] = {};
  for (const level of values.all ? LEVELS : [fault.caughtBy]) complaints[level] = await askLevel(level, tools, copy);
  rmSync(copy, { recursive: true, force: true });
  if (!values.json) console.log(lineOf({ fault, complaints }));
  return { fault, complaints };
}

function isCaught({ fault, complaints }: Verdict): boolean {
  return typeof complaints[fault.caughtBy] === 'string';
}

function lineOf(verdict: Verdict): string {
  const { fault, complaints } = verdict;
  const caught = LEVELS.filter((level) => typeof complaints[level] === 'string').join(', ');
  const mark = isCaught(verdict) ? 'caught ' : 'MISSED ';
  return `${mark} ${fault.name.padEnd(32)} ${(caught || `not by ${fault.caughtBy}`).padEnd(16)} ${fault.what}`;
}

/** A level that complains of the sources as they are would catch everything, and prove nothing. */
async function refuseUnlessHealthy(): Promise<void> {
  const levels = LEVELS.filter((level) => values.all || faults.some(({ caughtBy }) => caughtBy === level));
  for (const level of levels) {
    const said = await askLevel(level, tools, source);
    if (said === null) continue;
    console.error(`Without any fault, the level "${level}" complains: ${said}`);
    process.exit(1);
  }
}

// In CI the same levels have just run on the sources as they are, as steps of their own.
if (!process.env.CI) await refuseUnlessHealthy();
const limiter = new Limiter(AT_ONCE);
const verdicts = await Promise.all(faults.map((fault) => limiter.run(() => judge(fault))));
const missed = verdicts.filter((verdict) => !isCaught(verdict));
if (values.json) console.log(JSON.stringify(verdicts, null, 2));
else console.log(`${verdicts.length - missed.length} of ${verdicts.length} faults caught`);
process.exitCode = missed.length === 0 ? 0 : 1;
