import type { ImageRecord, OcrJobRecord, ReceiptKeyParts, ReceiptRecord } from '@slipstream/shared';
import { jobIdOf } from '@slipstream/shared';

/** How long a document stays that no record names: whoever read the record before it moved has read it by then. */
export const UNNAMED_KEPT_MS = 86_400_000;

/** What the records say of a document's receipt. */
export interface DocumentKnown {
  readonly receipt: ReceiptRecord | null;
  readonly image: ImageRecord | null;
  /** The job of which the document is. */
  readonly job: OcrJobRecord | null;
  /** The image's newest job. */
  readonly current: OcrJobRecord | null;
}

/**
 * Whether the records have moved on from a document that they do not name, and have stood so since `before` (ISO
 * instant). Records can be the older of the two: brought back from a backup, they know nothing of what was written
 * since. So it counts only what they positively say, never that they say nothing.
 */
export function isOutdated(key: string, parts: ReceiptKeyParts, known: DocumentKnown, before: string): boolean {
  const { receipt, image, job, current } = known;
  if (image === null || job === null) return false;
  if (receipt !== null) {
    if (receipt.object_key === key || receipt.updated_at > before) return false;
    if (parts.revision !== null) return parts.revision <= receipt.revision;
    // The first writing of its job; the record's job is that one or a later one.
    return (generationOf(receipt, image) ?? 0) >= job.generation;
  }
  // The receipt was removed, or never came to be, and a later job has ended without it.
  const hasEnded = current?.status === 'COMPLETED' && current.updated_at <= before;
  return hasEnded && job.generation < image.generation;
}

/** Which of the image's jobs a receipt is of; null where it is of none that the image knows. */
function generationOf({ job_id }: ReceiptRecord, { image_id, generation }: ImageRecord): number | null {
  for (let n = generation; n >= 1; n -= 1) if (jobIdOf(image_id, n) === job_id) return n;
  return null;
}
