import type { Queues } from '../../work/work-ports.ts';
import type { Follower } from '../follower.ts';

type CatalogueQueue = Pick<Queues, 'catalogue-queue'>;

/** What keeps search and sums; a stack has no queue for it. */
export function catalogueFollowers(queues: CatalogueQueue): readonly Follower[] {
  return [receiptCatalogue(queues), merchantCatalogue(queues)];
}

/** A receipt that was written, changed or removed waits to be brought into search and sums; of several changes the last counts. */
function receiptCatalogue(queues: CatalogueQueue): Follower<'RECEIPT'> {
  return {
    name: 'catalogue',
    types: ['RECEIPT'],
    follow: (before, after) => {
      const record = after ?? before;
      if (record === null) return null;
      const { owner_id, image_id, receipt_id, correlation_id } = record;
      // Above the removed one, so that it outweighs it.
      const revision = after === null ? record.revision + 1 : record.revision;
      const options = correlation_id ? { correlationId: correlation_id } : {};
      const message = { owner_id, image_id, receipt_id, revision };
      return { lastOf: receipt_id, run: () => queues['catalogue-queue'].send(message, options) };
    },
  };
}

/** A merchant has another name, which its receipts are found by. Merging moves receipts, which say so themselves. */
function merchantCatalogue(queues: CatalogueQueue): Follower<'MERCHANT'> {
  return {
    name: 'catalogue-merchants',
    types: ['MERCHANT'],
    follow: (before, after) => {
      if (before === null || after === null || before.name === after.name) return null;
      const { merchant_id, revision } = after;
      return { lastOf: merchant_id, run: () => queues['catalogue-queue'].send({ merchant_id, revision }) };
    },
  };
}
