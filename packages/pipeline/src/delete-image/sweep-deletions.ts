import { SlipstreamError } from '@slipstream/shared';
import type { DeletePorts } from './delete-ports.ts';
import { type FinishOptions, finishDeletion } from './finish-deletion.ts';

const PAGE_ROWS = 100;
const DELETIONS_MAX = 1_000;

/**
 * Goes on with the deletions that are due: those that a crash interrupted, and those that are looked after once more.
 * One that fails holds up no other. How many it went on with.
 */
export async function sweepDeletions(ports: DeletePorts, options: FinishOptions = {}): Promise<number> {
  let done = 0;
  let seen = 0;
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof ports.deletions.due>> = await ports.deletions.due({
      limit: PAGE_ROWS,
      cursor,
    });
    for (const deletion of page.items) {
      if (options.isTimeOver?.()) return done;
      try {
        if (await finishDeletion(ports, deletion, options)) done += 1;
      } catch (thrown) {
        const error = SlipstreamError.from(thrown);
        ports.logger.warn({ error, image_id: deletion.image_id }, 'an image could not be deleted whole yet');
      }
    }
    seen += page.items.length;
    cursor = page.cursor;
  } while (cursor !== null && seen < DELETIONS_MAX);
  return done;
}
