import type { QueueName } from '@slipstream/shared';
import type { Environment } from '../environments/environment.ts';
import type { FunctionName } from '../environments/function-names.ts';

export interface QueueSpec {
  readonly name: QueueName;
  readonly consumer: FunctionName | 'ocr-agent';
  /** Until when its mapping gathers a batch; above 10 messages Lambda wants at least 1 s. */
  readonly batching_window_s: number;
  readonly visibility_timeout_s: number;
  /** Receives before SQS itself moves a message to the dead letters. */
  readonly receives_max: number;
}

/** An image may take 120 s on the agent, which extends its deliveries while it works. */
const AGENT_TIMEOUT_S = 120;
/** Lambda with SQS: six times the function's time-out and the batching window, so that a throttled batch is not received twice. */
export const VISIBILITY_RATIO = 6;

const COMPACTION_WINDOW_S = 5;

export function queueSpecs({ functions }: Environment): readonly QueueSpec[] {
  const read = (name: QueueName, consumer: FunctionName, receives_max: number, batching_window_s = 0): QueueSpec => ({
    name,
    consumer,
    batching_window_s,
    visibility_timeout_s: VISIBILITY_RATIO * functions.sizes[consumer].timeout_s + batching_window_s,
    receives_max,
  });
  return [
    read('uploads-queue', 'submit-job', 10),
    // A lid closed ninety-nine times is no failure: failures are counted in the job, not by receives.
    {
      name: 'ocr-queue',
      consumer: 'ocr-agent',
      batching_window_s: 0,
      visibility_timeout_s: VISIBILITY_RATIO * AGENT_TIMEOUT_S,
      receives_max: 100,
    },
    read('ocr-results-queue', 'process-ocr-results', 10),
    read('validate-queue', 'validate-receipt', 10),
    // The one writer throttles its own mapping: a message may come back several times for nothing.
    read('compaction-queue', 'compaction', 50, COMPACTION_WINDOW_S),
  ];
}
