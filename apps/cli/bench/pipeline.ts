// How much the pipeline itself costs a job: from the object's put to the receipt's record, with an engine that reads
// nothing. Prints a table; --json too; exits with 1 when a bar is missed.
//   npm run bench -- [--jobs 2000] [--json]      the full run: --jobs 100000
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { LOCAL_SENDER, submitImage } from '@slipstream/records';
import { createLogger, loadSettings } from '@slipstream/runtime';
import { type Home, openHome } from '../src/home/open-home.ts';
import { RUN_SETTINGS, runHome } from '../src/local/run-home.ts';
import { measureStart } from './measure-start.ts';

const BARS = { start_ms: 1_500, median_ms: 15, p95_ms: 50, jobs_per_s: 200, slowdown: 1.25 };
const SUBMITTERS = 32;
/** Jobs on their way at once: enough to keep everything busy, and the queues short. */
const ON_THEIR_WAY_MAX = 300;
const LATENCY_SAMPLES = 300;
const ONE_PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const { values } = parseArgs({
  options: { jobs: { type: 'string', default: '2000' }, json: { type: 'boolean', default: false } },
});
const jobs = Number(values.jobs);
const starts = await measureStart(5);
const dataDir = mkdtempSync(join(tmpdir(), 'slipstream-bench-'));
const home = await openHome(dataDir, createLogger({ name: 'bench', level: 'error' }));
const running = await runHome(home, loadSettings(RUN_SETTINGS, { flags: { engine: 'null' }, env: {} }));
let submitted = 0;
let ended = 0;
running.agent.events.on('job-ended', () => {
  ended += 1;
});

const flush_ms = median(flushTimes(dataDir));
await measureLatency(home, 50); // the first ones warm the programs up
const latencies = await measureLatency(home, LATENCY_SAMPLES);
const rates = await measureRate(home, jobs);
await running.stop();
await home.close();
rmSync(dataDir, { recursive: true });

const results = {
  jobs,
  disk_flush_ms: round(flush_ms),
  start_ms: round(median(starts)),
  median_ms: round(median(latencies)),
  p95_ms: round(quantile(latencies, 0.95)),
  jobs_per_s: round(rates.overall),
  first_tenth_per_s: round(rates.first),
  last_tenth_per_s: round(rates.last),
  slowdown: round(rates.first / rates.last),
  rss_mb: round(process.memoryUsage().rss / 1_048_576),
};
const missed = [
  results.start_ms > BARS.start_ms && 'start_ms',
  results.median_ms > BARS.median_ms && 'median_ms',
  results.p95_ms > BARS.p95_ms && 'p95_ms',
  results.jobs_per_s < BARS.jobs_per_s && 'jobs_per_s',
  results.slowdown > BARS.slowdown && 'slowdown',
].filter((name) => name !== false);
report();
process.exitCode = missed.length === 0 ? 0 : 1;

/** One job at a time, each from its put to its record. */
async function measureLatency(to: Home, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const startedAt = performance.now();
    const imageId = await submitNext(to);
    while ((await to.jobs.current(imageId))?.job.status !== 'COMPLETED')
      await new Promise((resolve) => setTimeout(resolve, 0.5));
    times.push(performance.now() - startedAt);
  }
  return times;
}

/** Jobs completed a second while many are submitted at once; first and last tenth tell whether it stays flat. */
async function measureRate(to: Home, count: number): Promise<{ overall: number; first: number; last: number }> {
  const startedAt = performance.now();
  const already = ended;
  const marks: number[] = [];
  let left = count;
  const submitters = Array.from({ length: SUBMITTERS }, async () => {
    while (left > 0) {
      left -= 1;
      while (count - left - (ended - already) > ON_THEIR_WAY_MAX)
        await new Promise((resolve) => setTimeout(resolve, 1));
      await submitNext(to);
    }
  });
  const watcher = (async () => {
    for (const share of [0.1, 0.9, 1]) {
      while (ended - already < count * share) await new Promise((resolve) => setTimeout(resolve, 2));
      marks.push(performance.now());
    }
  })();
  await Promise.all([...submitters, watcher]);
  while (!(await isDrained(to))) await new Promise((resolve) => setTimeout(resolve, 5));
  const [first = 0, ninth = 0, end = 0] = marks;
  const seconds = (from: number, to: number) => (to - from) / 1_000;
  return {
    overall: count / seconds(startedAt, performance.now()),
    first: (count * 0.1) / seconds(startedAt, first),
    last: (count * 0.1) / seconds(ninth, end),
  };
}

async function isDrained(of: Home): Promise<boolean> {
  const depths = await Promise.all(
    [of.queues['uploads-queue'], of.queues['ocr-queue'], of.queues['ocr-results-queue']].map((queue) => queue.depth()),
  );
  return depths.every(({ ready, inFlight, delayed }) => ready + inFlight + delayed === 0);
}

async function submitNext(to: Home): Promise<string> {
  submitted += 1;
  const bytes = Buffer.concat([ONE_PIXEL, Buffer.from(`${submitted}`)]);
  return (await submitImage(to, { bytes, file_name: 'bench.png', ...LOCAL_SENDER })).image_id;
}

/** What a flush of 4 KB costs on this disk now: the pipeline cannot be faster than the dozen of them that a job needs. */
function flushTimes(folder: string): number[] {
  const file = openSync(join(folder, 'flush'), 'w');
  const times = Array.from({ length: 100 }, (_, index) => {
    const startedAt = performance.now();
    writeSync(file, Buffer.alloc(4_096), 0, 4_096, index * 4_096);
    fsyncSync(file);
    return performance.now() - startedAt;
  });
  closeSync(file);
  return times;
}

function report(): void {
  if (values.json) {
    console.log(JSON.stringify({ ...results, bars: BARS, missed }, null, 2));
    return;
  }
  console.log(
    `One job at a time      median ${results.median_ms} ms (≤ ${BARS.median_ms}), p95 ${results.p95_ms} ms (≤ ${BARS.p95_ms})`,
  );
  console.log(
    `${jobs} jobs at once   ${results.jobs_per_s} a second (≥ ${BARS.jobs_per_s}); first tenth ${results.first_tenth_per_s}, last tenth ${results.last_tenth_per_s}`,
  );
  console.log(`slipstream dev         healthy after ${results.start_ms} ms (≤ ${BARS.start_ms})`);
  console.log(`The disk's flush       ${results.disk_flush_ms} ms; memory ${results.rss_mb} MB`);
  if (missed.length > 0) console.log(`missed: ${missed.join(', ')}`);
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}
function round(value: number): number {
  return Number(value.toPrecision(3));
}
