import { type ImageOutcome, instant, type OcrJobRecord } from '@slipstream/shared';
import { sweepOne } from './standing.ts';
import type { SweeperPorts, SweepLimits, SweepTally } from './sweep.ts';

const PAGE_ROWS = 200;
const ROUND_MS = 86_400_000;
const POSITION = 'image-outcomes';

/**
 * Notes what came of images that earlier releases read: their records do not say so. It goes on where the last sweep
 * stopped, and rounds are repeated each day until one finds nothing (the earlier release may still run beside this one).
 */
export async function fillOutcomes(ports: SweeperPorts, limits: SweepLimits, counts: SweepTally): Promise<void> {
  const { jobs, sweepPositions, clock } = ports;
  let position = await sweepPositions.get(POSITION);
  if (position !== null && position.cursor === null) {
    const isFilled = position.found === 0;
    if (isFilled || Date.parse(position.round_started_at) + ROUND_MS > clock.now()) return;
  }
  let cursor = position?.cursor ?? null;
  let found = cursor === null ? 0 : (position?.found ?? 0);
  const round_started_at = cursor === null ? instant(clock) : (position?.round_started_at ?? instant(clock));
  let seen = 0;
  do {
    if (limits.isTimeOver?.()) return;
    const page: Awaited<ReturnType<typeof jobs.listImages>> = await jobs.listImages({ limit: PAGE_ROWS, cursor });
    for (const imageId of page.items) {
      await sweepOne(counts, async () => {
        if (!(await fillOutcome(ports, imageId))) return;
        found += 1;
        counts.outcomes_filled += 1;
      });
    }
    cursor = page.cursor;
    seen += page.items.length;
    if (!(await sweepPositions.save(POSITION, position, { cursor, round_started_at, found }))) return;
    position = await sweepPositions.get(POSITION);
  } while (cursor !== null && seen < limits.recordsMax);
}

async function fillOutcome({ jobs }: SweeperPorts, imageId: string): Promise<boolean> {
  const image = await jobs.image(imageId);
  if (image === null || image.outcome !== undefined) return false;
  const current = await jobs.current(imageId);
  const outcome = current && outcomeOf(current.job);
  return outcome ? jobs.noteOutcome(current.job, outcome) : false;
}

/** null while the job has not ended. */
function outcomeOf({ status, receipt_count }: OcrJobRecord): ImageOutcome | null {
  if (status === 'FAILED') return 'FAILED';
  if (status !== 'COMPLETED') return null;
  return receipt_count === 0 ? 'NO_RECEIPT' : 'RECEIPTS';
}
