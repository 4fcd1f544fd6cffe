import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EmbeddedStore } from '../src/index.ts';
import type { JobCycle } from './job-cycle.ts';

const CONCURRENCY = 16;
const IDLE_MS = 3_000;
const FLUSHES = 200;

/** Jobs a second, as many as go at once. */
export async function runAtOnce(cycle: JobCycle, count: number): Promise<number> {
  const startedAt = performance.now();
  let started = 0;
  const worker = async () => {
    while (started < count) {
      started += 1;
      await cycle.run();
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  return Math.round((count * 1000) / (performance.now() - startedAt));
}

/** Milliseconds of a job from the moment it was due, so that a store that falls behind shows it. */
export async function runPaced(
  cycle: JobCycle,
  count: number,
  perS: number,
): Promise<{ readonly median: number; readonly p95: number }> {
  const startedAt = performance.now() + 10;
  const runs = Array.from({ length: count }, async (_, index) => {
    const dueAt = startedAt + (index * 1000) / perS;
    await sleep(Math.max(0, dueAt - performance.now()));
    await cycle.run();
    return performance.now() - dueAt;
  });
  const elapsed = await Promise.all(runs);
  return { median: quantile(elapsed, 0.5), p95: quantile(elapsed, 0.95) };
}

/** Percent of a core that receivers take which wait for nothing. */
export async function idleCpuPercent(store: EmbeddedStore): Promise<number> {
  const stop = new AbortController();
  const options = { max: 10, waitMs: 20_000, visibilityMs: 1_000, signal: stop.signal };
  const waiting = Array.from({ length: 4 }, (_, n) => store.queue(`idle-queue-${n}`).receive(options));
  await sleep(100);
  const before = process.cpuUsage();
  await sleep(IDLE_MS);
  const { user, system } = process.cpuUsage(before);
  stop.abort();
  await Promise.all(waiting);
  return Math.round((user + system) / IDLE_MS) / 10;
}

/** Milliseconds of one append and flush, the median. */
export function flushMs(folder: string): number {
  const file = join(folder, 'flushed');
  const descriptor = openSync(file, 'w');
  const frame = Buffer.alloc(4_096);
  const elapsed = Array.from({ length: FLUSHES }, () => {
    const startedAt = performance.now();
    writeSync(descriptor, frame);
    fdatasyncSync(descriptor);
    return performance.now() - startedAt;
  });
  closeSync(descriptor);
  rmSync(file);
  return quantile(elapsed, 0.5);
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round((sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN) * 100) / 100;
}
