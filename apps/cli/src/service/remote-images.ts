import { type ImageSummary, type ImagesPage, imagesPageSchema, PAGE_ROWS_MAX } from '@slipstream/api-contract';
import { IMAGE_OUTCOMES } from '@slipstream/shared';
import type { ApiClient } from '../remote/api-client.ts';

/** Pages that are looked through for the beginning of an id: 5,000 images of each outcome, some seconds. */
const PAGES_MAX = 25;

/** A caller's images, whatever came of them: page by page, each outcome's latest first. */
async function* endedImages(api: ApiClient, pagesMax: number): AsyncGenerator<ImageSummary> {
  for (const status of IMAGE_OUTCOMES) {
    let cursor: string | null = null;
    for (let pages = 0; pages < pagesMax; pages += 1) {
      const query = { status, limit: PAGE_ROWS_MAX, ...(cursor ? { cursor } : {}) };
      const page: ImagesPage = await api.call(imagesPageSchema, (client) =>
        client.GET('/images', { params: { query } }),
      );
      yield* page.images;
      cursor = page.cursor;
      if (cursor === null) break;
    }
  }
}

/** Ids that begin so, among the images that have ended. */
export async function imagesBeginningWith(api: ApiClient, prefix: string, limit: number): Promise<readonly string[]> {
  const found = new Set<string>();
  for await (const { image_id } of endedImages(api, PAGES_MAX)) {
    if (found.size >= limit) break;
    if (image_id.startsWith(prefix)) found.add(image_id);
  }
  return [...found];
}

/** The image that was submitted last, of those that have ended lately. */
export async function latestImage(api: ApiClient): Promise<string | null> {
  const images = await Array.fromAsync(endedImages(api, 1));
  const [newest] = images.sort((one, other) => other.created_at.localeCompare(one.created_at));
  return newest?.image_id ?? null;
}
