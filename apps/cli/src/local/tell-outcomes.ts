import { receiptViews } from '@slipstream/api';
import { LOCAL_CALLER, SlipstreamError } from '@slipstream/shared';
import { printLine } from '@slipstream/terminal';
import type { Home } from '../home/open-home.ts';
import { outcomeLine } from '../output/outcomes.ts';
import { eventsFrom, imageEvents } from './image-events.ts';

/** Names are padded to this, so that most lines are beside one another. */
const NAME_COLUMNS = 20;
const ENDED = new Set(['VALID', 'NEEDS_REVIEW', 'REVIEWED']);

/** For a person who watches: a line as each image ends, from now on until the signal. */
export async function tellOutcomes(home: Home, signal: AbortSignal): Promise<void> {
  const feed = home.store.records;
  try {
    for await (const event of imageEvents(feed, home.clock, await eventsFrom(feed, null), signal)) {
      if (event.kind === 'job' && event.status !== 'FAILED' && event.status !== 'COMPLETED') continue;
      if (event.kind === 'receipt' && !ENDED.has(event.status)) continue;
      await tell(home, event.image_id, event.kind);
    }
  } catch (error) {
    if (signal.aborted) return;
    home.logger.warn({ error: SlipstreamError.from(error) }, 'what is read is not told here any more');
  }
}

async function tell(home: Home, imageId: string, kind: 'job' | 'receipt'): Promise<void> {
  const [current, upload, records] = await Promise.all([
    home.jobs.current(imageId),
    home.uploads.get(imageId, LOCAL_CALLER),
    home.receipts.ofImage(imageId),
  ]);
  if (!current) return;
  const { job } = current;
  // Its receipts are told one by one, as they are validated.
  if (kind === 'job' && job.status === 'COMPLETED' && records.length > 0) return;
  const receipts = await receiptViews(home, records, LOCAL_CALLER);
  const reason = job.reason_code ? { code: job.reason_code, message: job.reason_message ?? '' } : null;
  const ended = { status: job.status, reason };
  printLine(outcomeLine(upload?.file_name ?? imageId, { job: ended, receipts }, NAME_COLUMNS));
}
