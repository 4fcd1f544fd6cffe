import { type ExactKey, type KnownMerchant, keyId, type MerchantKey, type SearchHits } from '../../src/index.ts';
import { NameStatistics } from '../../src/resolver/name-statistics.ts';
import type { ResolverPorts } from '../../src/resolver/resolver-ports.ts';
import type { Sighting } from '../../src/resolver/sighting.ts';

/** A memory of merchants with their keys, and of what the index finds. */
export class KnownMerchants {
  readonly #merchants = new Map<string, KnownMerchant>();
  readonly #keys = new Map<string, { readonly owner: string } & ExactKey>();
  /** What the index answers. */
  hits: SearchHits | null = null;
  asked_index = 0;

  add(id: string, name: string, keys: readonly ExactKey[] = [], aliases: readonly string[] = []): string {
    this.#merchants.set(id, { merchant_id: id, name, aliases });
    for (const key of keys) this.#keys.set(keyId(key), { owner: id, ...key });
    return id;
  }

  /** Rows that are nearest to each of three rows asked, all of one merchant. */
  near(merchant_id: string, similarity: number): void {
    const hit = {
      id: 'x',
      image_id: 'other',
      receipt_id: '00001',
      revision: 1,
      deleted: false,
      merged_at: 0,
      vector: new Float32Array(),
      text: '',
      merchant_id,
      phone: null,
      address_key: null,
      similarity,
    };
    this.hits = [[hit], [hit], [hit]];
  }

  ports(options: Partial<ResolverPorts> = {}): ResolverPorts {
    return {
      ownerOf: async (key) => this.#merchants.get(this.#keys.get(keyId(key))?.owner ?? '') ?? null,
      find: async (id) => this.#merchants.get(id) ?? null,
      keysOf: async (id) => [...this.#keys.values()].filter(({ owner }) => owner === id),
      statistics: async () => new NameStatistics([...this.#merchants.values()].map(({ name }) => name)),
      recent: [],
      nearestRows: async (from) => {
        this.asked_index += 1;
        return from === 0 ? (this.hits ?? []) : [];
      },
      findPlace: null,
      ...options,
    };
  }
}

export function sighting(name: string | null, keys: readonly MerchantKey[], head: readonly string[] = []): Sighting {
  const rows = head.length > 0 ? head : [name ?? '???', 'TAX INVOICE', '12 High Street'];
  return { image_id: IMAGE, receipt_id: '00001', name, address: '12 High Street, Bristol', head: rows, rows, keys };
}

export const IMAGE = '7aee1585-a82d-57fe-b9e6-9ef48824255f';
export const phone = (value: string): MerchantKey => ({ kind: 'phone', value });
export const tax = (value: string): MerchantKey => ({ kind: 'tax_id', value });
export const website = (value: string): MerchantKey => ({ kind: 'website', value });
export const address = (value: string): MerchantKey => ({ kind: 'address', value });
