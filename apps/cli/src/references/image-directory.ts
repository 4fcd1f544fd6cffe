import type { Jobs, Receipts } from '@slipstream/records';
import { firstItems } from '@slipstream/runtime';
import type { RememberedRows } from './remembered-rows.ts';

/** What it takes to find the image that a person means. */
export interface ImageDirectory {
  /** As a person names it: a folder, or a stack. */
  readonly place: string;
  /** What was listed last. */
  readonly rows: RememberedRows;
  /** Ids that begin so, at most `limit` of them. */
  imagesBeginningWith(prefix: string, limit: number): Promise<readonly string[]>;
  /** The image that was submitted last; null where there is none. */
  latestImage(): Promise<string | null>;
  /** `IMAGE_ID/00001`, as `slipstream list` shows them first. */
  newestReceipts(): Promise<readonly string[]>;
  /** Ids of an image's receipts. */
  receiptsOfImage(imageId: string): Promise<readonly string[]>;
}

const PAGE_ROWS = 1_000;
const LISTED_ROWS = 50;

/** Over the records: every image of a place. */
export function recordsDirectory(
  { jobs, receipts }: { readonly jobs: Jobs; readonly receipts: Receipts },
  place: string,
  rows: RememberedRows,
): ImageDirectory {
  return {
    place,
    rows,
    imagesBeginningWith: async (prefix, limit) => {
      const { items } = await firstItems(limit, async (cursor) => {
        const page = await jobs.listImages({ limit: PAGE_ROWS, cursor });
        return { ...page, items: page.items.filter((id) => id.startsWith(prefix)) };
      });
      return items;
    },
    latestImage: async () => (await jobs.listImages({ limit: 1, descending: true })).items[0] ?? null,
    newestReceipts: async () => {
      const { items } = await receipts.list({ limit: LISTED_ROWS, cursor: null });
      return items.map(({ image_id, receipt_id }) => `${image_id}/${receipt_id}`);
    },
    receiptsOfImage: async (imageId) => (await receipts.ofImage(imageId)).map(({ receipt_id }) => receipt_id),
  };
}
