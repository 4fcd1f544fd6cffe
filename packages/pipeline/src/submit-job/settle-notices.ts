import { SlipstreamError, type UploadNotice } from '@slipstream/shared';
import type { MessageDelivery } from '../work/message-batch.ts';

/** Objects of one message that are worked on at the same time: each is held in memory as a whole. */
const NOTICES_AT_ONCE = 4;

/**
 * Works through a message's notices, each with an outcome of its own: what failed for good is dead-lettered by itself,
 * and only what failed for a while brings the message back; those that are done are known by then. A message about one
 * object is dead-lettered as it came.
 */
export async function settleNotices<T>(
  notices: readonly UploadNotice[],
  delivery: Pick<MessageDelivery, 'rejectPart'>,
  submit: (notice: Extract<UploadNotice, { kind: 'created' }>) => Promise<T>,
): Promise<{ readonly done: readonly T[]; readonly rejected: number }> {
  const done: T[] = [];
  const failures: SlipstreamError[] = [];
  let rejected = 0;
  const pending = [...notices.entries()];
  const settle = async (index: number, notice: UploadNotice) => {
    if (notice.kind === 'other') return;
    try {
      if (notice.kind === 'invalid') throw notice.error;
      done.push(await submit(notice));
    } catch (thrown) {
      const error = SlipstreamError.from(thrown);
      if (error.retry !== 'never' || notices.length === 1) throw error;
      await delivery.rejectPart({ number: index + 1, body: notice.part }, error);
      rejected += 1;
    }
  };
  const worker = async () => {
    for (let next = pending.shift(); next; next = pending.shift()) {
      await settle(...next).catch((thrown: unknown) => failures.push(SlipstreamError.from(thrown)));
    }
  };
  await Promise.all(Array.from({ length: Math.min(NOTICES_AT_ONCE, notices.length) }, worker));
  const [first] = failures;
  if (first !== undefined) throw first;
  return { done, rejected };
}
