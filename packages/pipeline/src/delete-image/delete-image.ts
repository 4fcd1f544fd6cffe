import { type DeletionRecord, type ImageRecord, rawKey, recordKeys } from '@slipstream/shared';
import type { DeletePorts, MarkPorts } from './delete-ports.ts';

export type DeleteOutcome =
  /** What was made of it is being removed. */
  | { readonly kind: 'deleting'; readonly deletion: DeletionRecord }
  /** Others sent the same bytes: it is theirs still, and no longer the caller's. */
  | { readonly kind: 'released' }
  /** Deleted before, or never sent by the caller. */
  | { readonly kind: 'absent' };

/**
 * A caller's image is deleted from here on: nobody works on it any more, and no list shows it. What is stored of it is
 * removed by `finishDeletion`. One that others sent as well stays theirs. Safe to repeat.
 */
export async function deleteImage(
  ports: MarkPorts & Pick<DeletePorts, 'raw'>,
  caller: string,
  imageId: string,
): Promise<DeleteOutcome> {
  const upload = await ports.uploads.get(imageId, caller);
  if (upload === null) return { kind: 'absent' };
  const senders = await ports.uploads.ofImage(imageId);
  if (senders.some(({ uploaded_by }) => uploaded_by !== caller)) {
    await letGo(ports, caller, imageId);
    return { kind: 'released' };
  }
  const { owner_id } = upload;
  const unknown = { image_id: imageId, owner_id, s3_bucket: ports.raw.bucket, s3_key: rawKey(imageId), size: 0 };
  const deletion = await ports.deletions.mark(imageId, caller, unknown);
  return deletion === null ? { kind: 'absent' } : { kind: 'deleting', deletion };
}

/** The caller's links follow from the removal of their upload; those that are behind are not shown. */
async function letGo({ records, jobs, deletions }: MarkPorts, caller: string, imageId: string): Promise<void> {
  const image = await jobs.image(imageId);
  const receipts = (await deletions.recordsOf(imageId)).filter(({ type }) => type === 'RECEIPT');
  await records.write({ kind: 'delete', key: recordKeys.upload(imageId, caller) });
  for (const { date, receipt_id } of receipts) {
    const day = typeof date === 'string' ? date : undefined;
    const key = recordKeys.callerReceipt(caller, day, imageId, String(receipt_id));
    await records.write({ kind: 'delete', key });
  }
  const link = image && linkOfImage(caller, image);
  if (link) await records.write({ kind: 'delete', key: link });
}

/** Where an image that has ended is in a caller's list. */
export function linkOfImage(caller: string, image: Pick<ImageRecord, 'image_id' | 'outcome' | 'outcome_at'>) {
  const { image_id, outcome, outcome_at } = image;
  return outcome && outcome_at ? recordKeys.callerImage(caller, outcome, outcome_at, image_id) : null;
}
