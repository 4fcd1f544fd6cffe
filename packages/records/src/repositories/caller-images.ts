import type { Page, RecordStore } from '@slipstream/shared';
import {
  type CallerImageRecord,
  type Clock,
  callerImageRecordSchema,
  type ImageOutcome,
  type ImageRecord,
  instant,
  isSlipstreamError,
  recordKeys,
  type UploadRecord,
} from '@slipstream/shared';
import type { Jobs } from './jobs.ts';
import { parseRecord } from './parse-record.ts';
import type { Uploads } from './uploads.ts';

/** What a link needs of an image; one whose newest job has not ended has no link. */
export type ImageLinked = Pick<ImageRecord, 'image_id' | 'owner_id' | 'outcome' | 'outcome_at'>;

/**
 * CALLER_IMAGE records: each caller's own images by what came of them. They follow the IMAGE and UPLOAD records through
 * the change stream, as the callers' lists of receipts do.
 */
export class CallerImages {
  readonly #records: RecordStore;
  readonly #jobs: Jobs;
  readonly #uploads: Uploads;
  readonly #clock: Clock;

  constructor(records: RecordStore, jobs: Jobs, uploads: Uploads, clock: Clock) {
    this.#records = records;
    this.#jobs = jobs;
    this.#uploads = uploads;
    this.#clock = clock;
  }

  /** An image was written or changed. Safe to repeat. */
  async followImage(before: ImageLinked | null, after: ImageLinked | null): Promise<void> {
    const [old, linked] = [endedAs(before), endedAs(after)];
    if ((old ?? linked) === null || (old?.outcome === linked?.outcome && old?.outcome_at === linked?.outcome_at))
      return;
    const imageId = (after ?? before)?.image_id ?? '';
    for (const { uploaded_by } of await this.#uploads.ofImage(imageId)) {
      if (linked) await this.#link(uploaded_by, linked);
      if (old) await this.#records.write({ kind: 'delete', key: keyOf(uploaded_by, old) });
    }
  }

  /** Somebody sent an image, which may have been read already. Safe to repeat. */
  async followUpload({ image_id, uploaded_by }: Pick<UploadRecord, 'image_id' | 'uploaded_by'>): Promise<void> {
    const ended = endedAs(await this.#jobs.image(image_id));
    if (ended) await this.#link(uploaded_by, ended);
  }

  /** A caller's images of one outcome, the latest first; a page is short where a link's image has moved on. */
  async list(
    caller: string,
    outcome: ImageOutcome,
    options: { readonly limit: number; readonly cursor?: string | null },
  ): Promise<Page<ImageRecord>> {
    const page = await this.#records.query({
      partition: `CALLER#${caller}`,
      prefix: `IMAGE#${outcome}#`,
      descending: true,
      limit: options.limit,
      cursor: options.cursor ?? null,
    });
    const links = page.items.map((record) => parseRecord(callerImageRecordSchema, record));
    const found = await Promise.all(
      links.map(async ({ image_id, sk }) => {
        const image = await this.#jobs.image(image_id);
        const ended = endedAs(image);
        return image && ended && keyOf(caller, ended).sk === sk ? [image] : [];
      }),
    );
    return { items: found.flat(), cursor: page.cursor };
  }

  async #link(caller: string, ended: Ended): Promise<void> {
    const now = instant(this.#clock);
    const record: CallerImageRecord = {
      ...keyOf(caller, ended),
      type: 'CALLER_IMAGE',
      revision: 1,
      image_id: ended.image_id,
      owner_id: ended.owner_id,
      created_at: now,
      updated_at: now,
    };
    try {
      await this.#records.write({ kind: 'put', record, condition: { ifAbsent: true } });
    } catch (error) {
      if (!isSlipstreamError(error, 'CONDITION_FAILED')) throw error;
    }
  }
}

interface Ended {
  readonly image_id: string;
  readonly owner_id: string;
  readonly outcome: ImageOutcome;
  readonly outcome_at: string;
}

function endedAs(image: ImageLinked | null): Ended | null {
  if (image?.outcome === undefined || image.outcome_at === undefined) return null;
  return { image_id: image.image_id, owner_id: image.owner_id, outcome: image.outcome, outcome_at: image.outcome_at };
}

function keyOf(caller: string, { outcome, outcome_at, image_id }: Ended) {
  return recordKeys.callerImage(caller, outcome, outcome_at, image_id);
}
