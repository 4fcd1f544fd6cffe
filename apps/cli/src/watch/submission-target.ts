import { submitImage } from '@slipstream/records';
import { imageIdOfRawKey, ocrJobMessageSchema, type Queue, rawKey, uploadEventSchema } from '@slipstream/shared';
import { LOCAL_CALLER } from '../home/local-caller.ts';
import type { Home } from '../home/open-home.ts';
import type { ReceiptsService, Submitted } from '../service/receipts-service.ts';

/** Where a watched folder's photographs go. */
export interface SubmissionTarget {
  /** As a person names it. */
  readonly place: string;
  /** Longest pause while it cannot take anything. */
  readonly pause_ms_max: number;
  submit(file: { readonly bytes: Uint8Array; readonly file_name: string }): Promise<Submitted>;
  /** Whether an image's bytes are there still; null where that cannot be asked. */
  readonly isStored: ((imageId: string) => Promise<boolean>) | null;
  /** Takes an image's failure and its dead letters out of the lists; false while its job is under way. */
  readonly dropFailure: ((imageId: string) => Promise<boolean>) | null;
}

/** Room on a disk is made by somebody who sits before it: they need not wait for a minute. */
const LOCAL_PAUSE_MS_MAX = 5_000;
const REMOTE_PAUSE_MS_MAX = 60_000;
const LETTERS_PAGE = 100;

export function localTarget(home: Home): SubmissionTarget {
  return {
    place: home.dataDir,
    pause_ms_max: LOCAL_PAUSE_MS_MAX,
    submit: (file) => submitImage(home, { ...file, uploaded_by: LOCAL_CALLER }),
    isStored: async (imageId) => (await home.raw.head(rawKey(imageId))) !== null,
    dropFailure: async (imageId) => {
      const job = (await home.jobs.current(imageId))?.job;
      if (job && job.status !== 'FAILED' && job.status !== 'COMPLETED') return false;
      if (job?.status === 'FAILED') await home.jobs.supersede(job);
      await removeLetters(home.queues['uploads-queue'], (body) => uploadsOf(body).includes(imageId));
      await removeLetters(home.queues['ocr-queue'], (body) => jobImageOf(body) === imageId);
      return true;
    },
  };
}

export function remoteTarget(service: ReceiptsService): SubmissionTarget {
  const { place } = service;
  return {
    place,
    pause_ms_max: REMOTE_PAUSE_MS_MAX,
    submit: (file) => service.submit(file),
    isStored: null,
    dropFailure: null,
  };
}

async function removeLetters(queue: Pick<Queue<never>, 'dead'>, isOfIt: (body: string) => boolean): Promise<void> {
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof queue.dead.list>> = await queue.dead.list({ limit: LETTERS_PAGE, cursor });
    for (const { id, body } of page.items) if (isOfIt(body)) await queue.dead.remove(id);
    cursor = page.cursor;
  } while (cursor !== null);
}

function uploadsOf(body: string): readonly (string | null)[] {
  const event = uploadEventSchema.safeParse(jsonOrNull(body));
  return event.success ? event.data.Records.map(({ s3 }) => imageIdOfRawKey(s3.object.key)) : [];
}

function jobImageOf(body: string): string | null {
  const message = ocrJobMessageSchema.safeParse(jsonOrNull(body));
  return message.success ? message.data.image_id : null;
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // a letter that is no JSON is of no image
  }
}
