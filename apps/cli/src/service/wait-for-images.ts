import type { ImageView, ReceiptView } from '@slipstream/api-contract';
import { type Clock, isCuredByBytes } from '@slipstream/shared';
import type { ReceiptsService } from './receipts-service.ts';

export interface ImageOutcome {
  readonly image_id: string;
  /** null while the image has not been taken in. */
  readonly job: ImageView['job'] | null;
  readonly receipts: readonly ReceiptView[];
}

/** A failure that new bytes have just cured is an older job's, until a new one is there: waited for so long at most. */
const REPLACED_MS_MAX = 30_000;

/**
 * Waits until each image's job has ended and its receipts are validated; tells each one as it ends. `stored`: images
 * whose bytes were stored just now, which were not there, or not whole, before.
 */
export async function waitForImages(
  service: Pick<ReceiptsService, 'image' | 'poll_ms'>,
  clock: Clock,
  imageIds: readonly string[],
  onEnd: (outcome: ImageOutcome, ended: number) => void,
  signal: AbortSignal,
  stored: ReadonlySet<string> = new Set(),
): Promise<readonly ImageOutcome[]> {
  const cured = new CuredFailures(stored, clock);
  const outcomes = new Map<string, ImageOutcome>();
  const waiting = new Set(imageIds);
  while (waiting.size > 0 && !signal.aborted) {
    for (const imageId of waiting) {
      const outcome = await outcomeOf(service, imageId);
      outcomes.set(imageId, outcome);
      if (!hasEnded(outcome) || cured.has(outcome)) continue;
      waiting.delete(imageId);
      onEnd(outcome, new Set(imageIds).size - waiting.size);
    }
    if (waiting.size > 0) await clock.sleep(service.poll_ms, signal);
  }
  return imageIds.map((imageId) => outcomes.get(imageId) ?? { image_id: imageId, job: null, receipts: [] });
}

class CuredFailures {
  readonly #stored: ReadonlySet<string>;
  readonly #clock: Clock;
  readonly #startedAt: number;
  /** The job that had failed, by image. */
  readonly #jobs = new Map<string, string>();

  constructor(stored: ReadonlySet<string>, clock: Clock) {
    this.#stored = stored;
    this.#clock = clock;
    this.#startedAt = clock.monotonic();
  }

  has({ image_id, job }: ImageOutcome): boolean {
    if (!this.#stored.has(image_id) || job?.status !== 'FAILED' || !isCuredByBytes(job.reason?.code ?? ''))
      return false;
    const first = this.#jobs.get(image_id) ?? job.job_id;
    this.#jobs.set(image_id, first);
    return first === job.job_id && this.#clock.monotonic() - this.#startedAt < REPLACED_MS_MAX;
  }
}

async function outcomeOf(service: Pick<ReceiptsService, 'image'>, imageId: string): Promise<ImageOutcome> {
  const image = await service.image(imageId);
  const receipts = image?.job.status === 'COMPLETED' ? image.receipts : [];
  return { image_id: imageId, job: image?.job ?? null, receipts };
}

function hasEnded({ job, receipts }: ImageOutcome): boolean {
  if (job?.status === 'FAILED') return true;
  return job?.status === 'COMPLETED' && receipts.every((receipt) => receipt.status !== 'NEW');
}
