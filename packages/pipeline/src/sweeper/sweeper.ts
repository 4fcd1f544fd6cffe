import { SWEEP_LIMITS, type SweepCounts, sweep } from '@slipstream/records';
import { DELETION_TIMING, type DeletionTiming } from '../delete-image/finish-deletion.ts';
import { sweepDeletions } from '../delete-image/sweep-deletions.ts';
import type { Invocation } from '../work/invocation.ts';
import { runUnit } from '../work/unit-of-work.ts';
import type { SweepPorts } from './sweep-ports.ts';

const RESERVE_MS = 5_000;

/** Each few minutes: requeues whatever stands still, goes on with deletions and removes documents that no record names. A failed sweep rejects, so that it is counted as one. */
export function createSweeper(
  ports: SweepPorts,
  stalledAfterMs: number = SWEEP_LIMITS.stalledAfterMs,
  deletion: DeletionTiming = DELETION_TIMING,
): (invocation: Invocation) => Promise<SweepCounts> {
  return async (invocation) => {
    const unit = {
      name: 'sweeper',
      request_id: invocation.request_id,
      correlation_id: invocation.request_id,
      waiting_since: null,
    };
    const isTimeOver = () => invocation.remainingMs() < RESERVE_MS;
    const outcome = await runUnit(ports, unit, async () => ({
      images_deleted: await sweepDeletions(ports, { ...deletion, isTimeOver }),
      ...(await sweep(
        {
          jobs: ports.jobs,
          receipts: ports.receipts,
          uploads: ports.uploads,
          ocrQueue: ports.queues['ocr-queue'],
          ocrResultsQueue: ports.queues['ocr-results-queue'],
          validateQueue: ports.queues['validate-queue'],
          agents: ports.agents,
          degradedReadings: ports.degradedReadings,
          compactionRuns: ports.compactionRuns,
          compactionQueue: ports.queues['compaction-queue'],
          artifacts: ports.artifacts,
          sweepPositions: ports.sweepPositions,
          clock: ports.clock,
        },
        { ...SWEEP_LIMITS, stalledAfterMs, isTimeOver },
      )),
    }));
    if (outcome.kind === 'done') return outcome.result;
    throw outcome.error;
  };
}
