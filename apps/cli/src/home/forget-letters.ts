import type { Queues } from '@slipstream/pipeline';
import { itemsOf } from '@slipstream/runtime';
import { imageIdOfRawKey, ocrResultMessageSchema, type Queue, uploadNotices } from '@slipstream/shared';

const LETTERS_PAGE = 100;

/** Removes the dead letters that are about one image and no other: its work begins anew, or is not wanted any more. */
export async function forgetLetters(queues: Queues, imageId: string): Promise<void> {
  await removeLetters(
    queues['uploads-queue'],
    (body) => {
      const ids = uploadsOf(body);
      return ids.length > 0 && ids.every((id) => id === imageId);
    },
    imageId,
  );
  // The job's message holds the fields of its result's, too.
  for (const queue of [queues['ocr-queue'], queues['ocr-results-queue']]) {
    await removeLetters(queue, (body) => jobImageOf(body) === imageId, imageId);
  }
}

async function removeLetters(
  queue: Pick<Queue<never>, 'dead'>,
  isOfIt: (body: string) => boolean,
  imageId: string,
): Promise<void> {
  for await (const { id, body } of itemsOf((cursor) => queue.dead.list({ limit: LETTERS_PAGE, cursor }))) {
    // Most are about others, and are not even parsed.
    if (body.includes(imageId) && isOfIt(body)) await queue.dead.remove(id);
  }
}

function uploadsOf(body: string): readonly (string | null)[] {
  try {
    return uploadNotices(body).map((notice) => (notice.kind === 'created' ? imageIdOfRawKey(notice.key) : null));
  } catch {
    return []; // no event of an upload: a letter may hold anything
  }
}

function jobImageOf(body: string): string | null {
  try {
    return ocrResultMessageSchema.safeParse(JSON.parse(body)).data?.image_id ?? null;
  } catch {
    return null; // a letter that is no JSON is of no image
  }
}
