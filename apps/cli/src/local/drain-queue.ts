import type { Logger } from '@slipstream/runtime';
import type { Clock } from '@slipstream/shared';
import { invoke, type QueueMapping, receiveBatch } from './run-queue.ts';

/** What waits in a queue now, batch after batch, until nothing is ready any more; returns how many messages came. */
export async function drainQueue(
  mapping: QueueMapping,
  home: { readonly clock: Clock; readonly logger: Logger },
): Promise<number> {
  const { signal } = new AbortController();
  let received = 0;
  for (;;) {
    const deliveries = await receiveBatch({ ...mapping, longPollMs: 0 }, home.clock, signal);
    if (deliveries.length === 0) return received;
    received += deliveries.length;
    await invoke(mapping, home.logger, deliveries);
  }
}
