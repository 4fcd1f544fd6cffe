import { DEPLOYED_QUEUE_NAMES, type DeployedQueueName, type FunctionName, QUEUES } from '@slipstream/shared';
import type { Environment } from '../environments/environment.ts';

export interface QueueSpec {
  readonly name: DeployedQueueName;
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
const VISIBILITY_RATIO = 6;

/** The table's queues, with the visibility timeouts that the environment's functions ask for. */
export function queueSpecs({ functions }: Environment): readonly QueueSpec[] {
  return DEPLOYED_QUEUE_NAMES.map((name) => {
    const { consumer, batching, receives_max } = QUEUES[name];
    const timeout_s = consumer === 'ocr-agent' ? AGENT_TIMEOUT_S : functions.sizes[consumer].timeout_s;
    const batching_window_s = (batching?.aws.window_ms ?? 0) / 1_000;
    const visibility_timeout_s = VISIBILITY_RATIO * timeout_s + batching_window_s;
    return { name, consumer, batching_window_s, visibility_timeout_s, receives_max };
  });
}
