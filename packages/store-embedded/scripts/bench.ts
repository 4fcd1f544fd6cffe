import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type EmbeddedStore, openEmbeddedStore } from '../src/index.ts';
import { JobCycle } from './job-cycle.ts';
import { flushMs, idleCpuPercent, runAtOnce, runPaced } from './measure.ts';
import { prefill } from './prefill.ts';

/**
 * The store's share of a job: `npm run bench -w @slipstream/store-embedded [-- --full-jobs 100000] [--json]`. First jobs
 * arrive at a steady pace, to measure how long one takes; then as many as the machine can do, to measure how many; then
 * both again in a store that holds `--full-jobs`, to see whether it is slower. Exit code 1 when a bar is missed. TMPDIR
 * chooses the disk.
 */
const PACE_PER_S = 200;
const JOB_MS_MEDIAN_MAX = 15;
const JOB_MS_P95_MAX = 50;
/** A full store may be this much slower than an empty one: above it, something is not indexed. */
const SLOWDOWN_MAX = 1.5;
const IDLE_CPU_PERCENT_MAX = 0.5;
const PACED_JOBS = 1_000;
const WARM_UP_JOBS = 500;

interface Measurement {
  readonly jobs_before: number;
  readonly jobs_per_s: number;
  readonly paced_ms_median: number;
  readonly paced_ms_p95: number;
  /** Of one flush of a file to this disk, for comparison: a job waits for about 20 of them. */
  readonly flush_ms_median: number;
  /** Of a core, with four receivers that wait. */
  readonly idle_cpu_percent: number;
}

const { values } = parseArgs({
  options: {
    jobs: { type: 'string', default: '2000' },
    'full-jobs': { type: 'string', default: '100000' },
    'image-bytes': { type: 'string', default: '200000' },
    json: { type: 'boolean', default: false },
  },
});
const dataDir = await mkdtemp(join(tmpdir(), 'slipstream-bench-'));
try {
  const measurements = await measure(dataDir);
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

async function measure(folder: string): Promise<Measurement[]> {
  const store = await openEmbeddedStore({ dataDir: folder });
  const cycle = new JobCycle(store, Number(values['image-bytes']));
  // The first ones compile the code.
  await runAtOnce(cycle, WARM_UP_JOBS);
  const empty = await measureOnce(folder, store, cycle, WARM_UP_JOBS);
  prefill(folder, Number(values['full-jobs']));
  const full = await measureOnce(folder, store, cycle, Number(values['full-jobs']));
  await store.close();
  return [empty, full];
}

async function measureOnce(
  folder: string,
  store: EmbeddedStore,
  cycle: JobCycle,
  jobsBefore: number,
): Promise<Measurement> {
  const paced = await runPaced(cycle, PACED_JOBS, PACE_PER_S);
  return {
    jobs_before: jobsBefore,
    paced_ms_median: paced.median,
    paced_ms_p95: paced.p95,
    jobs_per_s: await runAtOnce(cycle, Number(values.jobs)),
    flush_ms_median: flushMs(folder),
    idle_cpu_percent: await idleCpuPercent(store),
  };
}

interface Bar {
  readonly name: string;
  readonly jobs: number;
  readonly value: number;
  readonly min?: number;
  readonly max?: number;
}

function missedBars(measurements: readonly Measurement[]): string[] {
  const bars = measurements.flatMap((measured): Bar[] => [
    { name: 'jobs/s', jobs: measured.jobs_before, value: measured.jobs_per_s, min: PACE_PER_S },
    { name: 'ms a job (median)', jobs: measured.jobs_before, value: measured.paced_ms_median, max: JOB_MS_MEDIAN_MAX },
    { name: 'ms a job (p95)', jobs: measured.jobs_before, value: measured.paced_ms_p95, max: JOB_MS_P95_MAX },
    {
      name: '% of a core when idle',
      jobs: measured.jobs_before,
      value: measured.idle_cpu_percent,
      max: IDLE_CPU_PERCENT_MAX,
    },
  ]);
  const [first, last] = [measurements[0]?.jobs_per_s ?? 0, measurements.at(-1)?.jobs_per_s ?? 0];
  const slowdown: Bar = {
    name: 'times slower when full',
    jobs: measurements.at(-1)?.jobs_before ?? 0,
    value: first / last,
    max: SLOWDOWN_MAX,
  };
  return [...bars, slowdown].flatMap(({ name, jobs, value, min = 0, max = Number.POSITIVE_INFINITY }) =>
    value >= min && value <= max ? [] : [`after ${jobs} jobs: ${value} ${name}, outside ${min} to ${max}`],
  );
}
