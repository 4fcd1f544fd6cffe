/**
 * `npm run bench:overhead`: what the addon costs around Vision, whose own time is known because it is the stand-in's, and what
 * importing the package costs, both in processor time. `--json` prints the figures; exits with 1 where a bar is missed.
 */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ADDON_VARIABLE } from '../src/find-addon.ts';
import { createMacVision } from '../src/index.ts';
import { fakeCounters, fakeImage, fakeNanosecondsABox, rectangle } from '../tests/native/fake-image.ts';
import { buildFake } from './build-fake.ts';
import { mustRun } from './command.ts';
import { toolchainOrSkip } from './toolchain.ts';

const LINES = 100;
const WORDS_A_LINE = 6;
const WARM_UP_SAMPLES = 50;
const OVERHEAD_SAMPLES = 100;
/** Other programs on the machine only ever add to a figure, so the best of several rounds comes nearest to it. */
const ROUNDS = 15;
const IMPORT_SAMPLES = 5;
const OVERHEAD_MS_MAX = 1;
const IMPORT_MS_MAX = 5;

interface Figure {
  what: string;
  median_ms: number;
  bar_ms: number;
}

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
const source = resolve(import.meta.dirname, '..');
const tools = toolchainOrSkip('the measurement of the overhead');
process.env[ADDON_VARIABLE] = await buildFake(tools, { source, memory: 'arc', sanitizer: 'none' });

async function bestMedian(sampleRound: () => Promise<number[]>): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) best = Math.min(best, median(await sampleRound()));
  return best;
}

function median(samples: number[]): number {
  return samples.toSorted((a, b) => a - b)[samples.length >> 1] ?? Number.NaN;
}

/**
 * Processor time of a whole call, of all threads, less that spent inside the stand-in: unlike wall time it is the same on a
 * busy machine, and what the addon does is computing only.
 */
async function overheads(): Promise<number[]> {
  const text = Array.from({ length: WORDS_A_LINE }, (_, i) => `word${i}`).join(' ');
  const lines = Array.from({ length: LINES }, (_, i) => ({ text, quad: rectangle(0.1, i / LINES, 0.8, 0.009) }));
  const image = fakeImage({ lines });
  const vision = createMacVision();
  const box_ns = fakeNanosecondsABox();
  const samples: number[] = [];
  for (let i = 0; i < WARM_UP_SAMPLES + OVERHEAD_SAMPLES; i++) {
    const before = fakeCounters();
    const began = process.cpuUsage();
    const { lines: read } = await vision.recognizeText(image);
    const { user, system } = process.cpuUsage(began);
    if (read.length !== LINES) throw new Error(`${read.length} lines were read, not ${LINES}`);
    const after = fakeCounters();
    const fake_ns = after.nanoseconds - before.nanoseconds + (after.boxes - before.boxes) * box_ns;
    samples.push((user + system) / 1e3 - fake_ns / 1e6);
  }
  return samples.slice(WARM_UP_SAMPLES);
}

/** Processor time for importing the built package, each time in a new process. */
async function imports(): Promise<number[]> {
  const script = `const began = process.cpuUsage();
    await import('./dist/index.js');
    const { user, system } = process.cpuUsage(began);
    console.log((user + system) / 1e3);`;
  return Array.from({ length: IMPORT_SAMPLES }, () => {
    const ran = spawnSync(process.execPath, ['--input-type=module', '-e', script], { cwd: source, encoding: 'utf8' });
    return Number(ran.stdout);
  });
}

await mustRun('npm', ['run', '--silent', 'build'], { cwd: source });
const figures: Figure[] = [
  {
    what: `overhead of one image, ${LINES} lines, ${LINES * WORDS_A_LINE} words`,
    median_ms: await bestMedian(overheads),
    bar_ms: OVERHEAD_MS_MAX,
  },
  { what: `importing the package on ${process.platform}`, median_ms: await bestMedian(imports), bar_ms: IMPORT_MS_MAX },
];
if (values.json) console.log(JSON.stringify(figures, null, 2));
else
  for (const { what, median_ms, bar_ms } of figures)
    console.log(`${what}: ${median_ms.toFixed(2)} ms (at most ${bar_ms})`);
process.exitCode = figures.every(({ median_ms, bar_ms }) => median_ms <= bar_ms) ? 0 : 1;
