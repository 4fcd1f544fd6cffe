import { backoffMs } from '@slipstream/runtime';
import { SlipstreamError, systemClock } from '@slipstream/shared';
import { isBusy } from './sqlite-errors.ts';

/** After this long the store is too busy to be of use: `STORE_BUSY`. */
const BUSY_WAIT_MS_MAX = 10_000;
const PAUSES = { firstMs: 2, lastMs: 25 };

/**
 * Tries again while another process holds the lock, without holding the event loop. The pauses are of this machine and
 * not of the work, so they pass in real time also where the store's clock is held by a test.
 */
export async function retryWhileBusy<T>(work: () => T, waitMsMax = BUSY_WAIT_MS_MAX): Promise<T> {
  const startedAt = systemClock.monotonic();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return work();
    } catch (thrown) {
      if (!isBusy(thrown)) throw thrown;
      const waitedMs = Math.round(systemClock.monotonic() - startedAt);
      if (waitedMs >= waitMsMax) throw storeBusy(waitedMs, thrown);
      await systemClock.sleep(backoffMs(attempt, PAUSES));
    }
  }
}

function storeBusy(waitedMs: number, cause: unknown): SlipstreamError {
  return new SlipstreamError('STORE_BUSY', 'Another process kept the database locked; try again in a moment.', {
    cause,
    details: { waited_ms: waitedMs },
  });
}
