/** The queues a receipt passes through; on AWS each has its URL in the configuration. */
export const QUEUE_NAMES = [
  'uploads-queue',
  'ocr-queue',
  'ocr-results-queue',
  'validate-queue',
  'compaction-queue',
] as const;
export type QueueName = (typeof QUEUE_NAMES)[number];
