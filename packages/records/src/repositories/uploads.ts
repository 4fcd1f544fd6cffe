import { itemsOf } from '@slipstream/runtime';
import type { RecordStore } from '@slipstream/shared';
import {
  type Clock,
  instant,
  isSlipstreamError,
  recordKeys,
  type UploadRecord,
  uploadRecordSchema,
} from '@slipstream/shared';
import { parseRecord } from './parse-record.ts';

export interface NewUpload {
  readonly image_id: string;
  readonly uploaded_by: string;
  readonly owner_id: string;
  readonly file_name: string;
  /** `upload` where nothing else is said. */
  readonly origin_kind?: UploadRecord['origin_kind'] & string;
  readonly correlation_id?: string;
}

const FILE_NAME_LENGTH_MAX = 255;
const PAGE_ROWS = 200;

/** UPLOAD records: who sent an image. Only they may see it and what was read of it. */
export class Uploads {
  readonly #records: RecordStore;
  readonly #clock: Clock;

  constructor(records: RecordStore, clock: Clock) {
    this.#records = records;
    this.#clock = clock;
  }

  /** Safe to repeat: the first name stays. */
  async note(upload: NewUpload): Promise<void> {
    const now = instant(this.#clock);
    const record: UploadRecord = {
      ...recordKeys.upload(upload.image_id, upload.uploaded_by),
      ...upload,
      file_name: upload.file_name.slice(0, FILE_NAME_LENGTH_MAX) || 'unnamed',
      type: 'UPLOAD',
      revision: 1,
      created_at: now,
      updated_at: now,
    };
    try {
      await this.#records.write({ kind: 'put', record, condition: { ifAbsent: true } });
    } catch (error) {
      if (!isSlipstreamError(error, 'CONDITION_FAILED')) throw error;
    }
  }

  /** Notes whose an image is with everybody who sent it, of one from before there were owners. Safe to repeat. */
  async noteOwner(imageId: string, owner_id: string): Promise<void> {
    for (const { uploaded_by } of await this.ofImage(imageId)) {
      const set = { owner_id, updated_at: instant(this.#clock) };
      await this.#records.write({ kind: 'update', key: recordKeys.upload(imageId, uploaded_by), set });
    }
  }

  async get(imageId: string, uploadedBy: string): Promise<UploadRecord | null> {
    const record = await this.#records.get(recordKeys.upload(imageId, uploadedBy));
    return record && parseRecord(uploadRecordSchema, record);
  }

  /** Everybody who sent this image. */
  async ofImage(imageId: string): Promise<readonly UploadRecord[]> {
    const query = { partition: `IMAGE#${imageId}`, prefix: 'UPLOAD#', limit: PAGE_ROWS };
    const records = itemsOf((cursor) => this.#records.query({ ...query, cursor }));
    return Array.fromAsync(records, (record) => parseRecord(uploadRecordSchema, record));
  }
}
