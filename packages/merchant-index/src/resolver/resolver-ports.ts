import type { SearchHit } from '../index/vector-index.ts';
import type { KnownMerchant } from './candidate.ts';
import type { ExactKey } from './merchant-key.ts';
import type { NameStatistics } from './name-statistics.ts';
import type { FindPlace } from './places/place-directory.ts';

/** What the resolver asks of the world; it writes nothing. */
export interface ResolverPorts {
  /** The living merchant that a key belongs to, null for nobody. */
  ownerOf(key: ExactKey): Promise<KnownMerchant | null>;
  /** The living merchant behind an id, null where there is none. */
  find(merchantId: string): Promise<KnownMerchant | null>;
  /** At most `limit` keys of a merchant. */
  keysOf(merchantId: string, limit: number): Promise<readonly { readonly kind: string; readonly value: string }[]>;
  /** How much each word of a name tells, from the merchants that are known. */
  statistics(): Promise<NameStatistics>;
  /** Merchants made a moment ago, of which no row can be in the index yet. */
  readonly recent: readonly KnownMerchant[];
  /** The nearest rows of the receipt's rows `[from, to)`, at most `limit` of each; null where there is no index. */
  readonly nearestRows: ((from: number, to: number, limit: number) => Promise<SearchHits>) | null;
  /** Who has this telephone number or address, says a directory; null where none is configured. */
  readonly findPlace: FindPlace | null;
}

export type SearchHits = readonly (readonly SearchHit[])[];
