import { Agents, NOTHING_SWEPT, SWEEP_LIMITS, type SweepCounts, sweep } from '@slipstream/records';
import type { FunctionPorts, InvocationContext } from '../work/function-ports.ts';
import { isHealthCheck } from '../work/health-check.ts';
import { runUnit } from '../work/unit-of-work.ts';

const RESERVE_MS = 5_000;

/** Each few minutes: requeues whatever stands still, and removes documents that no record names. A failed sweep rejects, so that it is counted as one. */
export function createSweeper(
  ports: FunctionPorts,
  stalledAfterMs: number = SWEEP_LIMITS.stalledAfterMs,
): (event: unknown, context: InvocationContext) => Promise<SweepCounts> {
  return async (event, context) => {
    if (isHealthCheck(event)) return NOTHING_SWEPT;
    const unit = {
      name: 'sweeper',
      request_id: context.awsRequestId,
      correlation_id: context.awsRequestId,
      waiting_since: null,
    };
    const outcome = await runUnit(ports, unit, async () => ({
      ...(await sweep(
        {
          jobs: ports.jobs,
          receipts: ports.receipts,
          uploads: ports.uploads,
          ocrQueue: ports.queues.ocr,
          ocrResultsQueue: ports.queues.ocrResults,
          validateQueue: ports.queues.validate,
          agents: new Agents(ports.records, ports.clock),
          degradedReadings: ports.degradedReadings,
          compactionRuns: ports.compactionRuns,
          compactionQueue: ports.queues.compaction,
          artifacts: ports.artifacts,
          sweepPositions: ports.sweepPositions,
          clock: ports.clock,
        },
        { ...SWEEP_LIMITS, stalledAfterMs, isTimeOver: () => context.getRemainingTimeInMillis() < RESERVE_MS },
      )),
    }));
    if (outcome.kind === 'done') return outcome.result;
    throw outcome.error;
  };
}
