import type { SearchHit } from '../index/vector-index.ts';

/** A merchant whose receipts have rows like this one's. */
export interface NearMerchant {
  readonly merchant_id: string;
  /** By how much its rows are more alike than any other merchant's, added up over the rows that were asked for. */
  readonly support: number;
  /** How alike its rows are at all, added up likewise. */
  readonly reach: number;
}

/** Rows less alike than this are alike by chance. */
const SIMILARITY_MIN = 0.45;
const NEAR_MERCHANTS_MAX = 8;

/**
 * The merchants behind the nearest rows, the likeliest first. A row that many merchants print ("TAX INVOICE", the
 * address of a mall) is as near to all of them and speaks for none: what a row is worth is learnt from the index.
 */
export function nearestMerchants(
  hits: readonly (readonly SearchHit[])[],
  own: { readonly image_id: string; readonly receipt_id: string },
): readonly NearMerchant[] {
  const sums = new Map<string, { support: number; reach: number }>();
  for (const row of hits) {
    const best = new Map<string, number>();
    for (const hit of row) {
      if (hit.merchant_id === null || hit.similarity < SIMILARITY_MIN) continue;
      // A receipt that is read again finds itself.
      if (hit.image_id === own.image_id && hit.receipt_id === own.receipt_id) continue;
      best.set(hit.merchant_id, Math.max(best.get(hit.merchant_id) ?? 0, hit.similarity));
    }
    for (const [merchant_id, similarity] of best) {
      const others = [...best].filter(([id]) => id !== merchant_id).map(([, value]) => value);
      const sum = sums.get(merchant_id) ?? { support: 0, reach: 0 };
      sum.support += Math.max(0, similarity - Math.max(SIMILARITY_MIN, ...others));
      sum.reach += similarity - SIMILARITY_MIN;
      sums.set(merchant_id, sum);
    }
  }
  return [...sums]
    .map(([merchant_id, sum]) => ({ merchant_id, ...sum }))
    .sort((a, b) => b.support + b.reach - a.support - a.reach || (a.merchant_id < b.merchant_id ? -1 : 1))
    .slice(0, NEAR_MERCHANTS_MAX);
}
