import { SWEEP_LIMITS, type SweepCounts, sweep } from '@slipstream/shared';
import type { FunctionPorts, InvocationContext } from '../runtime/function-ports.ts';

const RESERVE_MS = 5_000;

/** Each few minutes: sends on whatever stands still. */
export function createSweeper(
  ports: FunctionPorts,
  stalledAfterMs: number = SWEEP_LIMITS.stalledAfterMs,
): (event: unknown, context: InvocationContext) => Promise<SweepCounts> {
  return async (_event, context) => {
    const counts = await sweep(
      {
        jobs: ports.jobs,
        receipts: ports.receipts,
        ocrQueue: ports.queues.ocr,
        ocrResultsQueue: ports.queues.ocrResults,
        validateQueue: ports.queues.validate,
        clock: ports.clock,
      },
      { ...SWEEP_LIMITS, stalledAfterMs, isTimeOver: () => context.getRemainingTimeInMillis() < RESERVE_MS },
    );
    ports.logger.info({ function: 'sweeper', request_id: context.awsRequestId, ...counts }, 'sweeper done');
    return counts;
  };
}
