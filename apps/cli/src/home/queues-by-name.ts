import type { FunctionQueues } from '@slipstream/pipeline';
import type { Queue, QueueName } from '@slipstream/shared';

/** Every queue, for those who look at all of them. */
export function queuesByName(queues: FunctionQueues): Readonly<Record<QueueName, Queue<never>>> {
  return {
    'uploads-queue': queues.uploads,
    'ocr-queue': queues.ocr,
    'ocr-results-queue': queues.ocrResults,
    'validate-queue': queues.validate,
    'compaction-queue': queues.compaction,
  };
}
