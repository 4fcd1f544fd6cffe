import { pages } from '@slipstream/runtime';
import { DEFAULT_OWNER, type ImageOutcome, instant, type OcrJobRecord, ownerOfCaller } from '@slipstream/shared';
import { sweepOne } from './standing.ts';
import type { SweeperPorts, SweepLimits, SweepTally } from './sweep.ts';

const PAGE_ROWS = 200;
const ROUND_MS = 86_400_000;

/** What records of earlier releases do not say, and this one needs. */
interface Filling {
  /** Name of the position that its rounds keep. */
  readonly name: string;
  /** Whether the image lacked it; safe to repeat. */
  fill(ports: SweeperPorts, imageId: string): Promise<boolean>;
  readonly count: 'outcomes_filled' | 'owners_filled';
}

const OUTCOMES: Filling = { name: 'image-outcomes', fill: fillOutcome, count: 'outcomes_filled' };
const OWNERS: Filling = { name: 'image-owners', fill: fillOwner, count: 'owners_filled' };

/** Notes what came of images that earlier releases read, and whose they are. */
export async function fillImages(ports: SweeperPorts, limits: SweepLimits, counts: SweepTally): Promise<void> {
  for (const filling of [OUTCOMES, OWNERS]) await fillAll(filling, ports, limits, counts);
}

/**
 * It goes on where the last sweep stopped, and rounds are repeated each day until one finds nothing (the earlier release
 * may still run beside this one).
 */
async function fillAll(
  { name, fill, count }: Filling,
  ports: SweeperPorts,
  limits: SweepLimits,
  counts: SweepTally,
): Promise<void> {
  const { jobs, sweepPositions, clock } = ports;
  let position = await sweepPositions.get(name);
  if (position !== null && position.cursor === null) {
    const isFilled = position.found === 0;
    if (isFilled || Date.parse(position.round_started_at) + ROUND_MS > clock.now()) return;
  }
  const from = position?.cursor ?? null;
  let found = from === null ? 0 : (position?.found ?? 0);
  const round_started_at = from === null ? instant(clock) : (position?.round_started_at ?? instant(clock));
  let seen = 0;
  if (limits.isTimeOver?.()) return;
  for await (const { items, cursor } of pages((after) => jobs.listImages({ limit: PAGE_ROWS, cursor: after }), from)) {
    for (const imageId of items) {
      await sweepOne(counts, async () => {
        if (!(await fill(ports, imageId))) return;
        found += 1;
        counts[count] += 1;
      });
    }
    seen += items.length;
    if (!(await sweepPositions.save(name, position, { cursor, round_started_at, found }))) return;
    if (seen >= limits.recordsMax || limits.isTimeOver?.()) return;
    position = await sweepPositions.get(name);
  }
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

/** Before there were owners an image belonged to whoever sent it; of several, to the first. */
async function fillOwner({ jobs, uploads, receipts }: SweeperPorts, imageId: string): Promise<boolean> {
  const image = await jobs.image(imageId);
  if (image === null || image.owner_id !== DEFAULT_OWNER) return false;
  const [first] = (await uploads.ofImage(imageId)).toSorted((a, b) => (a.created_at < b.created_at ? -1 : 1));
  const owner = first && ownerOfCaller(first.uploaded_by);
  if (!owner || owner === DEFAULT_OWNER) return false;
  // The image last: what it says is what is not done again.
  await receipts.noteOwner(imageId, owner);
  await uploads.noteOwner(imageId, owner);
  return jobs.noteOwner(image, owner);
}
