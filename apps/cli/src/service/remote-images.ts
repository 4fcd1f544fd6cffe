import { type ImageSummary, imagesPageSchema, PAGE_ROWS_MAX } from '@slipstream/api-contract';
import { pages } from '@slipstream/runtime';
import { IMAGE_OUTCOMES } from '@slipstream/shared';
import type { ApiClient } from '../remote/api-client.ts';

/** Pages that are looked through for the beginning of an id: 5,000 images of each outcome, some seconds. */
const PAGES_MAX = 25;

/** A caller's images, whatever came of them: page by page, each outcome's latest first. */
async function* endedImages(api: ApiClient, pagesMax: number): AsyncGenerator<ImageSummary> {
  for (const status of IMAGE_OUTCOMES) {
    let read = 0;
    const latestFirst = pages((cursor) => {
      const query = { status, limit: PAGE_ROWS_MAX, ...(cursor ? { cursor } : {}) };
      return api.call(imagesPageSchema, (client) => client.GET('/images', { params: { query } }));
    });
    for await (const { images } of latestFirst) {
      yield* images;
      read += 1;
      if (read === pagesMax) break;
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
