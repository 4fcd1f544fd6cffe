import type { CallerImages, CallerReceipts } from '@slipstream/records';
import type { Follower } from '../follower.ts';

/** Each caller's list of receipts, by their printed date. */
export function callerReceiptLists(callerReceipts: CallerReceipts): Follower<'RECEIPT'> {
  return {
    name: 'caller-receipts',
    types: ['RECEIPT'],
    follow: (before, after) => ({ run: () => callerReceipts.followReceipt(before, after) }),
  };
}

/** Each caller's list of images that ended without a receipt. */
export function callerImageLists(callerImages: CallerImages): Follower<'IMAGE'> {
  return {
    name: 'caller-images',
    types: ['IMAGE'],
    follow: (before, after) =>
      before?.outcome === after?.outcome && before?.outcome_at === after?.outcome_at
        ? null
        : { run: () => callerImages.followImage(before, after) },
  };
}

/** Someone sent an image that may have receipts already. */
export function receiptsOfUploads(callerReceipts: CallerReceipts): Follower<'UPLOAD'> {
  return {
    name: 'caller-receipts-of-uploads',
    types: ['UPLOAD'],
    follow: (before, after) =>
      before === null && after !== null ? { run: () => callerReceipts.followUpload(after) } : null,
  };
}

/** Someone sent an image that may have ended already. */
export function imagesOfUploads(callerImages: CallerImages): Follower<'UPLOAD'> {
  return {
    name: 'caller-images-of-uploads',
    types: ['UPLOAD'],
    follow: (before, after) =>
      before === null && after !== null ? { run: () => callerImages.followUpload(after) } : null,
  };
}
