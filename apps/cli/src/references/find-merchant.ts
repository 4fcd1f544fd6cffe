import type { Merchants } from '@slipstream/records';
import { itemsOf } from '@slipstream/runtime';
import { SlipstreamError, uuidSchema } from '@slipstream/shared';
import { shorten } from '@slipstream/terminal';

const PAGE_ROWS = 200;
const NAMED_MAX = 4;

/** A merchant's id, or the beginning of one that fits no other. */
export async function findMerchant(merchants: Pick<Merchants, 'list'>, text: string): Promise<string> {
  const prefix = text.trim().toLowerCase();
  if (uuidSchema.safeParse(prefix).success) return prefix;
  if (!/^[\da-f][\da-f-]{0,35}$/.test(prefix))
    throw new SlipstreamError(
      'REQUEST_INVALID',
      `${shorten(text, 60)} is no merchant's id; slipstream merchants list shows them.`,
    );
  const found: { readonly merchant_id: string; readonly name: string }[] = [];
  for await (const merchant of itemsOf((cursor) => merchants.list({ limit: PAGE_ROWS, cursor }))) {
    if (merchant.merchant_id.startsWith(prefix)) found.push(merchant);
    if (found.length > NAMED_MAX) break;
  }
  const [first, ...others] = found;
  if (first === undefined)
    throw new SlipstreamError(
      'NOT_FOUND',
      `No merchant's id begins with ${prefix}; slipstream merchants list shows them.`,
    );
  if (others.length === 0) return first.merchant_id;
  const named = found.slice(0, NAMED_MAX).map(({ merchant_id, name }) => `${merchant_id} ${name}`);
  throw new SlipstreamError(
    'REQUEST_INVALID',
    `${prefix} begins several merchants' ids (${named.join(', ')}): add a letter.`,
  );
}
