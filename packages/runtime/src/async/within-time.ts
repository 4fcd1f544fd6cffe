import { SlipstreamError } from '@slipstream/shared';

/** What `work` gives, or `TIME_EXHAUSTED` when it takes longer. The work itself goes on: some calls cannot be called off. */
export async function withinTime<T>(work: Promise<T>, limitMs: number): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new SlipstreamError('TIME_EXHAUSTED', `There was no answer within ${limitMs} ms.`)),
    limitMs,
  );
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    // Whatever it comes to afterwards, nobody waits for it.
    work.catch(() => undefined);
  }
}
