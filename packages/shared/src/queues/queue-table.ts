import type * as z from 'zod';
import type { FunctionName } from '../contracts/function-names.ts';
import {
  catalogueQueueMessageSchema,
  compactionMessageSchema,
  ocrJobMessageSchema,
  ocrResultMessageSchema,
  uploadEventSchema,
  validateMessageSchema,
} from '../contracts/messages.ts';

/** How a consumer takes messages off its queue. */
export interface Batching {
  /** Messages of one batch. */
  readonly size: number;
  /** How long a batch is gathered from its first message on, in ms. Above 10 messages Lambda wants at least 1,000. */
  readonly window_ms: number;
  /** Batches worked on at the same time. */
  readonly at_once: number;
}

/** Who reads a queue: a function, the agent, or a part of `slipstream dev` that no stack has. */
export type QueueConsumer = FunctionName | 'ocr-agent' | 'catalogue';

interface QueueRow {
  /** What a message has to be. */
  readonly message: z.ZodType;
  readonly consumer: QueueConsumer;
  /** Whether a stack has it; one that it lacks is a queue of a data folder only. */
  readonly is_deployed: boolean;
  /** Functions find the queue in `{variable}_QUEUE_URL`, its dead letters in `{variable}_DEAD_QUEUE_URL`. */
  readonly variable: string;
  /** Receives before the queue itself moves a message to the dead letters. */
  readonly receives_max: number;
  /** How old a message may get before an alarm, in minutes. */
  readonly oldest_minutes: number;
  /** null for the agent, which holds one delivery at a time and extends it while it works. */
  readonly batching: { readonly aws: Batching; readonly embedded: Batching } | null;
}

const FEW: Batching = { size: 10, window_ms: 0, at_once: 5 };

/** The queues a receipt passes through: all that is known about each. */
export const QUEUES = {
  'uploads-queue': {
    message: uploadEventSchema,
    consumer: 'submit-job',
    is_deployed: true,
    variable: 'UPLOADS',
    receives_max: 10,
    oldest_minutes: 10,
    batching: { aws: FEW, embedded: { ...FEW, at_once: 4 } },
  },
  'ocr-queue': {
    message: ocrJobMessageSchema,
    consumer: 'ocr-agent',
    is_deployed: true,
    variable: 'OCR_JOB',
    // A lid closed ninety-nine times is no failure: failures are counted in the job, not by receives.
    receives_max: 100,
    // A Mac may be closed overnight; that no agent works is another alarm.
    oldest_minutes: 12 * 60,
    batching: null,
  },
  'ocr-results-queue': {
    message: ocrResultMessageSchema,
    consumer: 'process-ocr-results',
    is_deployed: true,
    variable: 'OCR_RESULTS',
    receives_max: 10,
    oldest_minutes: 30,
    batching: { aws: FEW, embedded: { ...FEW, at_once: 4 } },
  },
  'validate-queue': {
    message: validateMessageSchema,
    consumer: 'validate-receipt',
    is_deployed: true,
    variable: 'VALIDATE',
    receives_max: 10,
    oldest_minutes: 30,
    // One that a language model is asked about holds up no other.
    batching: { aws: { ...FEW, size: 1 }, embedded: { ...FEW, at_once: 2 } },
  },
  'compaction-queue': {
    message: compactionMessageSchema,
    consumer: 'compaction',
    is_deployed: true,
    variable: 'COMPACTION',
    // The one writer throttles its own mapping: a message may come back several times for nothing.
    receives_max: 50,
    oldest_minutes: 60,
    // Each merge is a version of the index, whatever its size: so they are gathered. SQS takes no mapping below 2 at
    // once; the second finds the writer's lease taken.
    batching: {
      aws: { size: 100, window_ms: 5_000, at_once: 2 },
      embedded: { size: 500, window_ms: 1_000, at_once: 1 },
    },
  },
  'catalogue-queue': {
    message: catalogueQueueMessageSchema,
    consumer: 'catalogue',
    is_deployed: false,
    variable: 'CATALOGUE',
    receives_max: 50,
    oldest_minutes: 30,
    // A batch is one commit of the catalogue's, which is one flush of the disk. Aurora is woken at most once a minute.
    batching: {
      aws: { size: 100, window_ms: 60_000, at_once: 2 },
      embedded: { size: 100, window_ms: 200, at_once: 1 },
    },
  },
} as const satisfies Readonly<Record<string, QueueRow>>;

export type QueueName = keyof typeof QUEUES;

/** A queue that a stack has, too. */
export type DeployedQueueName = {
  [N in QueueName]: (typeof QUEUES)[N]['is_deployed'] extends true ? N : never;
}[QueueName];

/** A message of this queue, as its schema reads it. */
export type QueueMessage<N extends QueueName = QueueName> = z.infer<(typeof QUEUES)[N]['message']>;

/** In the order in which a receipt passes through them. */
export const QUEUE_NAMES = Object.keys(QUEUES) as readonly QueueName[];

/** Those of them that a stack has. */
export const DEPLOYED_QUEUE_NAMES = QUEUE_NAMES.filter(isDeployed);

function isDeployed(name: QueueName): name is DeployedQueueName {
  return QUEUES[name].is_deployed;
}

export function isQueueName(name: string): name is QueueName {
  return Object.hasOwn(QUEUES, name);
}

/** The queue that a program reads; null for one that reads none. */
export function queueReadBy(consumer: QueueConsumer): QueueName | null {
  return QUEUE_NAMES.find((name) => QUEUES[name].consumer === consumer) ?? null;
}

/** Variables with the URLs of a queue and of its dead letters, as the deploy sets them. */
export function queueVariables(name: QueueName): { readonly url: string; readonly dead: string } {
  const { variable } = QUEUES[name];
  return { url: `${variable}_QUEUE_URL`, dead: `${variable}_DEAD_QUEUE_URL` };
}

/** A record with an entry for each queue. */
export function eachQueue<T>(make: (name: QueueName) => T): Readonly<Record<QueueName, T>> {
  return Object.fromEntries(QUEUE_NAMES.map((name) => [name, make(name)])) as Record<QueueName, T>;
}

/** A record with an entry for each queue that a stack has. */
export function eachDeployedQueue<T>(make: (name: DeployedQueueName) => T): Readonly<Record<DeployedQueueName, T>> {
  return Object.fromEntries(DEPLOYED_QUEUE_NAMES.map((name) => [name, make(name)])) as Record<DeployedQueueName, T>;
}
