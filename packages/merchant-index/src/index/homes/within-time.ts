import { SlipstreamError } from '@slipstream/shared';

/** What `work` gives, or `TIME_EXHAUSTED` when it takes longer. The work itself goes on: a mount's calls cannot be called off. */
export async function withinTime<T>(work: Promise<T>, limit_ms: number): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new SlipstreamError('TIME_EXHAUSTED', `There was no answer within ${limit_ms} ms.`)),
    limit_ms,
  );
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    // Whatever it comes to afterwards, nobody waits for it.
    work.catch(() => undefined);
  }
}
