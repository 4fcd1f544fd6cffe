import type { ImageView, ReceiptView } from '@slipstream/api-contract';
import type { Clock } from '@slipstream/shared';
import type { ReceiptsService } from './receipts-service.ts';

export interface ImageOutcome {
  readonly image_id: string;
  /** null while the image has not been taken in. */
  readonly job: ImageView['job'] | null;
  readonly receipts: readonly ReceiptView[];
}

/** Waits until each image's job has ended and its receipts are validated; tells each one as it ends. */
export async function waitForImages(
  service: Pick<ReceiptsService, 'image' | 'poll_ms'>,
  clock: Clock,
  imageIds: readonly string[],
  onEnd: (outcome: ImageOutcome, ended: number) => void,
  signal: AbortSignal,
): Promise<readonly ImageOutcome[]> {
  const outcomes = new Map<string, ImageOutcome>();
  const waiting = new Set(imageIds);
  while (waiting.size > 0 && !signal.aborted) {
    for (const imageId of waiting) {
      const outcome = await outcomeOf(service, imageId);
      outcomes.set(imageId, outcome);
      if (!hasEnded(outcome)) continue;
      waiting.delete(imageId);
      onEnd(outcome, new Set(imageIds).size - waiting.size);
    }
    if (waiting.size > 0) await clock.sleep(service.poll_ms, signal);
  }
  return imageIds.map((imageId) => outcomes.get(imageId) ?? { image_id: imageId, job: null, receipts: [] });
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
