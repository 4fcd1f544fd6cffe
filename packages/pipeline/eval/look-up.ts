import { createResolverPorts, indexedTexts, resolveMerchant, sightingOf } from '@slipstream/merchant-index';
import { readDocument } from '@slipstream/receipt-parser';
import type { MerchantMatch, Receipt } from '@slipstream/shared';
import type { Random } from '@slipstream/testing';
import { corrupted } from './corrupt.ts';
import type { KeyedReceipt } from './keyed-receipts.ts';
import type { Remembered } from './remember-receipts.ts';

/** How one look-up ended. */
export interface LookUp {
  readonly receipt: KeyedReceipt;
  readonly share: number;
  readonly is_stranger: boolean;
  readonly match: MerchantMatch;
  /** False where so much was damaged that the parser found no receipt: in life it would not have been looked up. */
  readonly is_read: boolean;
  readonly name_read: string | null;
  readonly head: readonly string[];
  readonly ms: number;
}

const NOBODY: Receipt['merchant'] = { name: null, address: null, phone: null, website: null, tax_id: null };
/** An image that no indexed receipt is on. */
const IMAGE_ID = '00000000-0000-5000-8000-000000000000';
const HEAD_ROWS = 12;

/** Looks receipts up as process-ocr-results does, but writes nothing: each meets the same memory. */
export function createLookUp(remembered: Remembered) {
  const { ports } = remembered;
  const shared = createResolverPorts({ merchants: ports.merchants, clock: ports.clock, findPlace: null });
  return async (receipt: KeyedReceipt, share: number, is_stranger: boolean, random: Random): Promise<LookUp> => {
    const document = corrupted(receipt.document, share, random);
    const [read] = readDocument(document, { image_id: IMAGE_ID });
    const rows = read?.rows ?? document.lines.map(({ text }) => text);
    const own = read?.receipt ?? { image_id: IMAGE_ID, receipt_id: '00001', merchant: NOBODY };
    const sighting = sightingOf(own, rows, read?.head_rows ?? HEAD_ROWS);
    const start = performance.now();
    const { match } = await resolveMerchant(sighting, {
      ...shared,
      recent: [],
      nearestRows: async (from, to, limit) => {
        const memory = await ports.merchantMemory();
        if (memory === null) return [];
        const texts = indexedTexts('lines', rows).slice(from, to);
        const vectors = await memory.embedder.embed(texts.map(({ embedded }) => embedded));
        return (await memory.reader('lines')).search(vectors, { limit });
      },
    });
    return {
      receipt,
      share,
      is_stranger,
      match,
      is_read: read !== undefined,
      name_read: own.merchant.name?.value ?? null,
      head: sighting.head,
      ms: performance.now() - start,
    };
  };
}
