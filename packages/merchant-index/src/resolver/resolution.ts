import type { MerchantMatch } from '@slipstream/shared';
import type { KnownMerchant } from './candidate.ts';
import type { MerchantKey } from './merchant-key.ts';

export type Tier = 'keys' | 'rows' | 'places' | 'header' | 'none';

/** Whom a receipt is from, and what has to be written with it for that to hold. */
export interface Resolution {
  readonly match: MerchantMatch;
  /** null while nobody knows. */
  readonly merchant: KnownMerchant | null;
  /** Whether the merchant is new and has to be created. */
  readonly is_created: boolean;
  /** Keys that become the merchant's, the strongest first; they are nobody's yet. */
  readonly taken: readonly MerchantKey[];
}
