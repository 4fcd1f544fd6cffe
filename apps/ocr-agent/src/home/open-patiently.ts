import { abortable, backoffMs, type Logger } from '@slipstream/runtime';
import { type Clock, SlipstreamError } from '@slipstream/shared';

const BACKOFF = { firstMs: 1_000, lastMs: 60_000 };

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
  let said: string | null = null;
  for (let failures = 1; !signal.aborted; failures += 1) {
    const opening = open();
    try {
      return await abortable(opening, signal);
    } catch (thrown) {
      if (signal.aborted) {
        void opening.then(
          (late) => late.close(),
          () => {}, // nobody waits for it any more
        );
        return null;
      }
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
