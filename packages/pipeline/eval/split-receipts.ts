import type { Random } from '@slipstream/testing';
import type { KeyedReceipt } from './keyed-receipts.ts';

export interface Split {
  /** Read and remembered, in this order. */
  readonly indexed: readonly KeyedReceipt[];
  /** Other receipts of the same merchants. */
  readonly kept_back: readonly KeyedReceipt[];
  /** Receipts of merchants of which there is only one: nothing of them is remembered. */
  readonly strangers: readonly KeyedReceipt[];
}

/** Half of each repeated merchant's receipts, the larger half, is indexed. */
export function splitReceipts(receipts: readonly KeyedReceipt[], random: Random): Split {
  const by_merchant = Map.groupBy(receipts, ({ truth }) => truth);
  const indexed: KeyedReceipt[] = [];
  const kept_back: KeyedReceipt[] = [];
  const strangers: KeyedReceipt[] = [];
  for (const own of by_merchant.values()) {
    if (own.length === 1) strangers.push(...own);
    else {
      const mixed = random.shuffled(own);
      const half = Math.ceil(mixed.length / 2);
      indexed.push(...mixed.slice(0, half));
      kept_back.push(...mixed.slice(half));
    }
  }
  return { indexed: random.shuffled(indexed), kept_back, strangers };
}
