import type { MerchantReceipts } from '@slipstream/records';
import type { Follower } from '../follower.ts';

/** Each merchant's list of receipts. */
export function merchantLists(merchantReceipts: MerchantReceipts): Follower<'RECEIPT'> {
  return {
    name: 'merchant-receipts',
    types: ['RECEIPT'],
    follow: (before, after) => ({ run: () => merchantReceipts.followReceipt(before, after) }),
  };
}
