import type { Follower } from './follower.ts';
import { callerImageLists, callerReceiptLists, imagesOfUploads, receiptsOfUploads } from './followers/caller-lists.ts';
import { deltaCompaction, receiptCompaction } from './followers/compaction.ts';
import { merchantLists } from './followers/merchant-lists.ts';
import { validation } from './followers/validation.ts';
import type { StreamPorts } from './stream-ports.ts';

/** Every projection of the records that each home keeps, in the order in which they follow a change: a receipt is listed before it is validated. */
export function followersOf(ports: StreamPorts, collections: readonly string[]): readonly Follower[] {
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
  ];
}
