import type { ImageEvent } from '@slipstream/api';
import { type ChangeFeed, type Clock, type RecordChange, SlipstreamError } from '@slipstream/shared';

const POLL_MS = 150;
const BATCH_SIZE = 200;

/** Where a reader goes on: after the event that it names, else from now on. `REQUEST_INVALID` for one that never was. */
export async function eventsFrom(feed: ChangeFeed, lastEventId: string | null): Promise<string | null> {
  const newest = await feed.newestSequence();
  if (lastEventId === null) return newest;
  if (/^\d{1,15}$/.test(lastEventId) && Number(lastEventId) <= Number(newest ?? 0)) return lastEventId;
  throw new SlipstreamError(
    'REQUEST_INVALID',
    'Last-Event-ID is no id of an event of this data folder: leave it out to follow from now on.',
  );
}

/** What happens to images after a change, `null`: after none. Read off the change feed, for server-sent events. */
export async function* imageEvents(
  feed: ChangeFeed,
  clock: Clock,
  after: string | null,
  signal: AbortSignal,
): AsyncGenerator<ImageEvent> {
  let cursor = after;
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
