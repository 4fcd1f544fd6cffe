import { uptime } from 'node:os';
import type { Clock } from '@slipstream/shared';

const TICK_MS = 1_000;
/** A tick this late was not late for want of a CPU: the machine slept, or the process was stopped. */
const LATE_MS = 5_000;

/**
 * Milliseconds that count sleep and do not follow steps of the wall clock. Darwin's monotonic clock is such a one
 * (libuv reads mach_continuous_time); Linux's is not, but its uptime is (CLOCK_BOOTTIME).
 */
export function sleepCountingClock(clock: Clock, platform: NodeJS.Platform = process.platform): () => number {
  return platform === 'linux' ? () => uptime() * 1_000 : () => clock.monotonic();
}

/**
 * Calls `onWake` with the time that was slept, after each sleep of the machine, until the signal aborts.
 * The wall clock is not asked: a step of it (NTP) is no sleep.
 */
export async function watchForWake(
  clock: Clock,
  elapsed: () => number,
  onWake: (slept_ms: number) => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const before = { monotonic: clock.monotonic(), elapsed: elapsed() };
    await clock.sleep(TICK_MS, signal);
    if (signal.aborted) return;
    const passed_ms = Math.max(clock.monotonic() - before.monotonic, elapsed() - before.elapsed);
    if (passed_ms > TICK_MS + LATE_MS) onWake(Math.round(passed_ms - TICK_MS));
  }
}
