import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openEmbeddedStore } from '../src/index.ts';
import { JobCycle } from './job-cycle.ts';

/**
 * The store's share of a job: `npm run bench -w @slipstream/store-embedded [-- --jobs 100000] [--json]`.
 * First jobs arrive at a steady pace, to measure how long one takes; then as many as the machine can do, to measure how
 * many; then both again, to see whether a fuller store is slower. Exit code 1 when a bar is missed.
 */
const PACE_PER_S = 200;
const JOB_MS_MEDIAN_MAX = 15;
const JOB_MS_P95_MAX = 50;
/** A full store may be this much slower than an empty one: above it, something is not indexed. */
const SLOWDOWN_MAX = 1.5;
const CONCURRENCY = 16;
const PACED_JOBS = 1_000;
const IMAGE_BYTES = 200_000;

interface Measurement {
  readonly jobs_before: number;
  readonly jobs_per_s: number;
  readonly paced_ms_median: number;
  readonly paced_ms_p95: number;
}

const { values } = parseArgs({
  options: { jobs: { type: 'string', default: '5000' }, json: { type: 'boolean', default: false } },
});
const jobs = Number(values.jobs);
const dataDir = await mkdtemp(join(tmpdir(), 'slipstream-bench-'));
try {
  const measurements = await measure(dataDir, jobs);
  const misses = missedBars(measurements);
  if (values.json) console.log(JSON.stringify({ measurements, misses }));
  else {
    console.table(measurements);
    for (const miss of misses) console.error(miss);
  }
  process.exitCode = misses.length === 0 ? 0 : 1;
} finally {
  await rm(dataDir, { recursive: true, force: true });
}

async function measure(folder: string, jobCount: number): Promise<Measurement[]> {
  const store = await openEmbeddedStore({ dataDir: folder });
  const cycle = new JobCycle(store, IMAGE_BYTES);
  // The first ones compile the code.
  await runAtOnce(cycle, 100);
  const measurements: Measurement[] = [];
  const perRound = Math.ceil(jobCount / 2);
  for (const before of [100, 100 + PACED_JOBS + perRound]) {
    const paced = await runPaced(cycle, PACED_JOBS);
    const startedAt = performance.now();
    await runAtOnce(cycle, perRound);
    const seconds = (performance.now() - startedAt) / 1000;
    measurements.push({
      jobs_before: before,
      jobs_per_s: Math.round(perRound / seconds),
      paced_ms_median: quantile(paced, 0.5),
      paced_ms_p95: quantile(paced, 0.95),
    });
  }
  await store.close();
  return measurements;
}

/** Milliseconds of each job, from the moment it was due: a store that falls behind shows it. */
async function runPaced(cycle: JobCycle, count: number): Promise<number[]> {
  const startedAt = performance.now();
  const runs = Array.from({ length: count }, async (_, index) => {
    const dueAt = startedAt + (index * 1000) / PACE_PER_S;
    await new Promise((resolve) => setTimeout(resolve, dueAt - performance.now()));
    await cycle.run();
    return performance.now() - dueAt;
  });
  return Promise.all(runs);
}

async function runAtOnce(cycle: JobCycle, count: number): Promise<void> {
  let started = 0;
  const worker = async () => {
    while (started < count) {
      started += 1;
      await cycle.run();
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round((sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN) * 10) / 10;
}

function missedBars(measurements: readonly Measurement[]): string[] {
  const misses: string[] = [];
  for (const { jobs_before, jobs_per_s, paced_ms_median, paced_ms_p95 } of measurements) {
    if (jobs_per_s < PACE_PER_S) misses.push(`after ${jobs_before} jobs: ${jobs_per_s} jobs/s, below ${PACE_PER_S}`);
    if (paced_ms_median > JOB_MS_MEDIAN_MAX)
      misses.push(`after ${jobs_before} jobs: median ${paced_ms_median} ms, above ${JOB_MS_MEDIAN_MAX}`);
    if (paced_ms_p95 > JOB_MS_P95_MAX)
      misses.push(`after ${jobs_before} jobs: p95 ${paced_ms_p95} ms, above ${JOB_MS_P95_MAX}`);
  }
  const [first, last] = [measurements[0], measurements.at(-1)];
  if (first !== undefined && last !== undefined && first.jobs_per_s / last.jobs_per_s > SLOWDOWN_MAX) {
    misses.push(`from ${first.jobs_per_s} to ${last.jobs_per_s} jobs/s: more than ${SLOWDOWN_MAX} times slower`);
  }
  return misses;
}
