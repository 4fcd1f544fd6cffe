import type { OcrJobRecord, ReceiptRecord } from '@slipstream/shared';
import type { Home } from './open-home.ts';

export interface ImageOutcome {
  readonly image_id: string;
  /** null while the image has not been taken in. */
  readonly job: OcrJobRecord | null;
  readonly receipts: readonly ReceiptRecord[];
}

const POLL_MS = 100;

/** Waits until each image's job has ended and its receipts are validated; tells each one as it ends. */
export async function waitForImages(
  home: Home,
  imageIds: readonly string[],
  onEnd: (outcome: ImageOutcome, ended: number) => void,
  signal: AbortSignal,
): Promise<readonly ImageOutcome[]> {
  const outcomes = new Map<string, ImageOutcome>();
  const waiting = new Set(imageIds);
  while (waiting.size > 0 && !signal.aborted) {
    for (const imageId of waiting) {
      const outcome = await outcomeOf(home, imageId);
      outcomes.set(imageId, outcome);
      if (!hasEnded(outcome)) continue;
      waiting.delete(imageId);
      onEnd(outcome, new Set(imageIds).size - waiting.size);
    }
    if (waiting.size > 0) await home.clock.sleep(POLL_MS, signal);
  }
  return imageIds.map((imageId) => outcomes.get(imageId) ?? { image_id: imageId, job: null, receipts: [] });
}

export async function outcomeOf(home: Home, imageId: string): Promise<ImageOutcome> {
  const current = await home.jobs.current(imageId);
  const receipts = current?.job.status === 'COMPLETED' ? await home.receipts.ofImage(imageId) : [];
  return { image_id: imageId, job: current?.job ?? null, receipts };
}

function hasEnded({ job, receipts }: ImageOutcome): boolean {
  if (job?.status === 'FAILED') return true;
  return job?.status === 'COMPLETED' && receipts.every((receipt) => receipt.status !== 'NEW');
}
