import type { ExactKey, Resolution } from '@slipstream/merchant-index';
import type { Merchants } from '@slipstream/records';
import type { RecordWrite } from '@slipstream/shared';

/**
 * Of a transaction's 100 writes: 20 receipts, the job, its image and two runs are 24 at most. The rest is left free for
 * what else may have to be written with them.
 */
export const MERCHANT_WRITES_MAX = 70;

/**
 * The merchants and keys that resolutions make, at most `MERCHANT_WRITES_MAX`. Every new merchant goes with its
 * strongest key, which its id is made of; of the other keys as many as there is room for: the next receipt brings them
 * again.
 */
export function merchantWrites(
  merchants: Pick<Merchants, 'createWrite' | 'takeKeyWrite'>,
  resolutions: readonly Resolution[],
): readonly RecordWrite[] {
  const needed: RecordWrite[] = [];
  const more: RecordWrite[] = [];
  for (const { merchant, is_created, taken } of resolutions) {
    if (merchant === null) continue;
    const { merchant_id, name } = merchant;
    const take = (key: ExactKey) => merchants.takeKeyWrite(merchant_id, key);
    const [strongest, ...others] = taken;
    if (is_created) needed.push(merchants.createWrite(merchant_id, name));
    if (strongest !== undefined) (is_created ? needed : more).push(take(strongest));
    more.push(...others.map(take));
  }
  return [...needed, ...more.slice(0, Math.max(0, MERCHANT_WRITES_MAX - needed.length))];
}
