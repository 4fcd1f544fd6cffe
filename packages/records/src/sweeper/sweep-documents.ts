import { instant, jobIdOf, parseReceiptKey, type ReceiptKeyParts } from '@slipstream/shared';
import { type DocumentKnown, isOutdated, UNNAMED_KEPT_MS } from './outdated-document.ts';
import { sweepOne } from './standing.ts';
import type { SweeperPorts, SweepLimits, SweepTally } from './sweep.ts';

/** Documents that one sweep looks at: a request and a few reads of records each. */
const DOCUMENTS_A_SWEEP = 500;
const ROUND_MS = 86_400_000;
const POSITION = 'receipt-documents';

/**
 * Deletes receipts' documents that the records have moved on from a day ago: of writes that were refused, and of
 * earlier revisions. The store is listed piece by piece, one round a day at most.
 */
export async function sweepDocuments(ports: SweeperPorts, limits: SweepLimits, counts: SweepTally): Promise<void> {
  const { artifacts, sweepPositions, clock } = ports;
  const position = await sweepPositions.get(POSITION);
  const isNewRound = !position?.cursor;
  if (isNewRound && position && Date.parse(position.round_started_at) + ROUND_MS > clock.now()) return;
  const page = await artifacts.list({
    prefix: 'receipts/',
    limit: DOCUMENTS_A_SWEEP,
    cursor: position?.cursor ?? null,
  });
  const olderThan = clock.now() - UNNAMED_KEPT_MS;
  for (const { key, modifiedAt } of page.items) {
    // The position is not moved: the next sweep looks at this page again.
    if (limits.isTimeOver?.()) return;
    const parts = modifiedAt <= olderThan ? parseReceiptKey(key) : null;
    if (parts === null) continue;
    await sweepOne(counts, async () => {
      if (!isOutdated(key, parts, await known(ports, parts), new Date(olderThan).toISOString())) return;
      await artifacts.delete(key);
      counts.documents_removed += 1;
    });
  }
  const round_started_at = isNewRound ? instant(clock) : position.round_started_at;
  await sweepPositions.save(POSITION, position, { cursor: page.cursor, round_started_at });
}

async function known({ jobs, receipts }: SweeperPorts, parts: ReceiptKeyParts): Promise<DocumentKnown> {
  const { image_id, receipt_id, job_id } = parts;
  const [receipt, image, job] = await Promise.all([
    receipts.get(image_id, receipt_id),
    jobs.image(image_id),
    jobs.get(image_id, job_id),
  ]);
  if (receipt !== null || image === null) return { receipt, image, job, current: null };
  return { receipt, image, job, current: await jobs.get(image_id, jobIdOf(image_id, image.generation)) };
}
