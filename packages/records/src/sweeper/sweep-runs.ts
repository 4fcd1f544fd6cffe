import { type CompactionRunRecord, deltaMessage } from '@slipstream/shared';
import type { InstantRange } from '../repositories/instant-range.ts';
import { isDue, standing, sweepOne } from './standing.ts';
import type { SweeperPorts, SweepLimits, SweepTally } from './sweep.ts';

const PAGE_ROWS = 200;

/**
 * PENDING runs whose message was lost, or that nobody merges, to the compaction queue again; after `sweepsMax` sendings
 * FAILED with what to do. Their receipts are complete without it: only the index lacks their rows.
 */
export async function sweepRuns(
  ports: Pick<SweeperPorts, 'compactionRuns' | 'compactionQueue' | 'clock'>,
  limits: SweepLimits,
  counts: SweepTally,
): Promise<void> {
  const { compactionRuns, compactionQueue, clock } = ports;
  const readPage = (times: InstantRange, cursor: string | null) =>
    compactionRuns.list('PENDING', { limit: PAGE_ROWS, cursor, ...times });
  for await (const { image_id, run_id, collection } of standing(ports, limits, readPage)) {
    if (limits.isTimeOver?.()) return;
    await sweepOne(counts, async () => {
      const run = await compactionRuns.get(image_id, run_id, collection);
      if (run?.status !== 'PENDING' || !isDue(clock, limits, run)) return;
      if (run.sweeps >= limits.sweepsMax) {
        if (await compactionRuns.fail(run, stalledRun(run))) counts.given_up += 1;
        return;
      }
      // Counted first: a crash in between skips one sending, which the next sweep makes up for.
      if (!(await compactionRuns.countSweep(run))) return;
      await compactionQueue.send(deltaMessage(run), run.correlation_id ? { correlationId: run.correlation_id } : {});
      counts.runs_sent += 1;
    });
  }
}

function stalledRun({ sweeps, collection }: CompactionRunRecord): { code: string; message: string } {
  const message = `Its rows were sent ${sweeps} times to the index ${collection} in vain. See what compaction says (slipstream index status, its log), fix it, then reprocess the image or run slipstream index rebuild.`;
  return { code: 'STALLED', message };
}
