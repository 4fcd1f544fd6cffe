import { randomUUID } from 'node:crypto';
import { itemsOf } from '@slipstream/runtime';
import { type DeadLetter, ocrResultMessageSchema, QUEUE_NAMES, type QueueName } from '@slipstream/shared';
import type { Operations } from '../home/operations.ts';
import { reprocessImage } from './reprocess-image.ts';

type Redriving = Pick<Operations, 'queues' | 'jobs'>;

export interface QueuedLetter {
  readonly queue: QueueName;
  readonly letter: DeadLetter;
}

const PAGE_ROWS = 200;

/** A letter that the queue moved by itself carries no reason. */
export function reasonCode(letter: DeadLetter): string {
  return letter.reason?.code ?? 'ATTEMPTS_EXHAUSTED';
}

/** The dead letters of all queues, or of one; filtered by reason and id. */
export async function* deadLetters(
  operations: Pick<Operations, 'queues'>,
  filter: { readonly queue?: string; readonly reason?: string; readonly ids?: readonly string[] } = {},
): AsyncGenerator<QueuedLetter> {
  for (const name of QUEUE_NAMES) {
    if (filter.queue !== undefined && filter.queue !== name) continue;
    const queue = operations.queues[name];
    if (queue === undefined) continue;
    for await (const letter of itemsOf((cursor) => queue.dead.list({ limit: PAGE_ROWS, cursor }))) {
      if (filter.reason !== undefined && filter.reason !== reasonCode(letter)) continue;
      if (filter.ids !== undefined && filter.ids.length > 0 && !filter.ids.some((id) => letter.id.startsWith(id)))
        continue;
      yield { queue: name, letter };
    }
  }
}

/**
 * Gives a letter another chance. A job that FAILED is not worked on again under its old message, so it gets a new job
 * and the letter goes; every other letter is sent again as it is. Safe to repeat: false when the letter is gone.
 */
export async function redrive(operations: Redriving, { queue, letter }: QueuedLetter): Promise<boolean> {
  const dead = operations.queues[queue]?.dead;
  if (dead === undefined) return false;
  const failed = await failedImage(operations, queue, letter);
  if (failed === null) return dead.redrive(letter.id);
  await reprocessImage(operations, failed, randomUUID());
  return dead.remove(letter.id);
}

async function failedImage(operations: Redriving, queue: QueueName, letter: DeadLetter): Promise<string | null> {
  if (queue !== 'ocr-queue' && queue !== 'ocr-results-queue') return null;
  const message = ocrResultMessageSchema.safeParse(jsonOrNull(letter.body)); // the job message holds these fields too
  if (!message.success) return null;
  const job = await operations.jobs.get(message.data.image_id, message.data.job_id);
  return job?.status === 'FAILED' ? job.image_id : null;
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // a letter may hold anything: broken JSON is one reason to be there
  }
}
