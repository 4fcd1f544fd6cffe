import type { MerchantMatch } from '@slipstream/shared';
import type { KnownMerchant } from './candidate.ts';
import type { ExactKey } from './merchant-key.ts';

export type Tier = 'keys' | 'name' | 'rows' | 'places' | 'header' | 'person' | 'none';

/** Whom a person said that it is from. */
export function assigned(merchant: KnownMerchant): Resolution {
  const { merchant_id, name } = merchant;
  const evidence = ['a person said so'];
  const match = {
    status: 'MATCHED' as const,
    merchant_id,
    name,
    tier: 'person',
    confidence: 1,
    evidence,
    candidates: [],
  };
  return { match, merchant, is_created: false, taken: [] };
}

/** Whom a receipt is from, and what has to be written with it for that to hold. */
export interface Resolution {
  readonly match: MerchantMatch;
  /** null while nobody knows. */
  readonly merchant: KnownMerchant | null;
  /** Whether the merchant is new and has to be created. */
  readonly is_created: boolean;
  /** Keys that become the merchant's, the strongest first; they are nobody's yet. */
  readonly taken: readonly ExactKey[];
}
