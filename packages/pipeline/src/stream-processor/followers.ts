import type { Follower } from './follower.ts';
import { callerImageLists, callerReceiptLists, imagesOfUploads, receiptsOfUploads } from './followers/caller-lists.ts';
import { merchantCatalogue, receiptCatalogue } from './followers/catalogue.ts';
import { deltaCompaction, receiptCompaction } from './followers/compaction.ts';
import { merchantLists } from './followers/merchant-lists.ts';
import { validation } from './followers/validation.ts';
import type { StreamPorts } from './stream-ports.ts';

/** Every projection of the records, in the order in which they follow a change: a receipt is listed before it is validated. */
export function followersOf(
  ports: StreamPorts,
  collections: readonly string[],
  keepsCatalogue: boolean,
): readonly Follower[] {
  const { callerReceipts, callerImages, merchantReceipts, queues } = ports;
  return [
    callerReceiptLists(callerReceipts),
    callerImageLists(callerImages),
    receiptsOfUploads(callerReceipts),
    imagesOfUploads(callerImages),
    merchantLists(merchantReceipts),
    validation(queues),
    deltaCompaction(queues, collections),
    ...collections.map((collection) => receiptCompaction(queues, collection)),
    ...(keepsCatalogue ? [receiptCatalogue(queues), merchantCatalogue(queues)] : []),
  ];
}
