import type { ImageEvent } from '@slipstream/api';
import type { ChangeFeed, Clock, RecordChange } from '@slipstream/shared';

const POLL_MS = 150;
const BATCH_SIZE = 200;

/** What happens to images from now on, or after an event that was seen: read off the change feed, for server-sent events. */
export async function* imageEvents(
  feed: ChangeFeed,
  clock: Clock,
  after: string | null,
  signal: AbortSignal,
): AsyncGenerator<ImageEvent> {
  let cursor = after ?? (await feed.newestSequence());
  while (!signal.aborted) {
    const changes = await feed.changes({ after: cursor, limit: BATCH_SIZE });
    for (const change of changes) {
      cursor = change.sequence;
      const event = imageEvent(change);
      if (event) yield event;
    }
    if (changes.length === 0) await clock.sleep(POLL_MS, signal);
  }
}

function imageEvent(change: RecordChange): ImageEvent | null {
  const { after: record } = change;
  if (!record || (record.type !== 'OCR_JOB' && record.type !== 'RECEIPT')) return null;
  if (record.status === change.before?.status) return null;
  return {
    id: change.sequence,
    kind: record.type === 'OCR_JOB' ? 'job' : 'receipt',
    image_id: String(record.image_id),
    status: String(record.status),
    at: new Date(change.at).toISOString(),
  };
}
