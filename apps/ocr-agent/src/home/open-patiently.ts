import { backoffMs } from '@slipstream/queue-worker';
import type { Logger } from '@slipstream/runtime';
import { type Clock, SlipstreamError } from '@slipstream/shared';

const BACKOFF = { first_ms: 1_000, last_ms: 60_000 };

/**
 * Opens a home that may not be reachable yet: a Mac that has just woken without a network, credentials that have expired
 * over night. Each kind of trouble is said once, and waited out; what waiting cannot mend is thrown. null when `signal`
 * aborts, also while an opening is under way: a home that comes after that is closed again.
 */
export async function openPatiently<T extends { close(): Promise<void> }>(
  open: () => Promise<T>,
  clock: Clock,
  logger: Logger,
  signal: AbortSignal,
): Promise<T | null> {
  const stopped = aborted(signal);
  let said: string | null = null;
  for (let failures = 1; !signal.aborted; failures += 1) {
    const opening = open();
    try {
      const opened = await Promise.race([opening, stopped]);
      if (opened !== null) return opened;
      void opening.then(
        (late) => late.close(),
        () => {}, // nobody waits for it any more
      );
    } catch (thrown) {
      const error = SlipstreamError.from(thrown);
      if (error.retry === 'never' || error.code === 'INTERNAL') throw error;
      if (error.code !== said)
        logger.warn({ error }, 'the home cannot be opened: waiting until the trouble has passed');
      said = error.code;
    }
    await clock.sleep(backoffMs(failures, BACKOFF, Math.random), signal);
  }
  return null;
}

function aborted(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(null);
    else signal.addEventListener('abort', () => resolve(null), { once: true });
  });
}
