import {
  assigned,
  type KnownMerchant,
  keyId,
  type Resolution,
  type ResolverPorts,
  resolveMerchant,
  type SharedPorts,
  sightingOf,
} from '@slipstream/merchant-index';
import type { ReadReceipt } from '@slipstream/receipt-parser';

/** How one receipt's rows are looked up; null where no index is kept. */
export type NearestRowsOf = (receiptId: string) => ResolverPorts['nearestRows'];

/**
 * Whom each receipt of an image is from, one after the other: two receipts of one new shop on one photograph are of one
 * merchant, which no record knows yet. What a person has said is not asked again.
 */
export async function resolveReceipts(
  read: readonly ReadReceipt[],
  shared: SharedPorts,
  nearestRowsOf: NearestRowsOf,
  assignedTo: (receiptId: string) => string | null,
): Promise<readonly Resolution[]> {
  const made = new Map<string, KnownMerchant>();
  const taken = new Map<string, { readonly owner: KnownMerchant; readonly kind: string; readonly value: string }>();
  const resolutions: Resolution[] = [];
  for (const { receipt, rows, head_rows } of read) {
    const ports: ResolverPorts = {
      ...shared,
      ownerOf: async (key) => taken.get(keyId(key))?.owner ?? shared.ownerOf(key),
      find: async (id) => made.get(id) ?? shared.find(id),
      keysOf: async (id, limit) => [
        ...[...taken.values()].filter(({ owner }) => owner.merchant_id === id),
        ...(made.has(id) ? [] : await shared.keysOf(id, limit)),
      ],
      recent: [...made.values()],
      nearestRows: nearestRowsOf(receipt.receipt_id),
    };
    const person = assignedTo(receipt.receipt_id);
    const known = person === null ? null : await ports.find(person);
    const resolution =
      known === null ? await resolveMerchant(sightingOf(receipt, rows, head_rows), ports) : assigned(known);
    const { merchant } = resolution;
    if (merchant !== null) {
      if (resolution.is_created) made.set(merchant.merchant_id, merchant);
      for (const key of resolution.taken) taken.set(keyId(key), { owner: merchant, ...key });
    }
    resolutions.push(resolution);
  }
  return resolutions;
}
