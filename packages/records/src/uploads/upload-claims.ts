import { randomUUID } from 'node:crypto';
import {
  type Clock,
  instant,
  type RecordStore,
  recordKeys,
  type UploadClaimRecord,
  uploadClaimRecordSchema,
} from '@slipstream/shared';
import { parseRecord } from '../repositories/parse-record.ts';
import type { NewUpload } from '../repositories/uploads.ts';

/** Longer than any queue keeps the event of an upload (SQS: 14 days). */
const KEPT_S = 30 * 86_400;

/**
 * UPLOAD_CLAIM records: who may send an image, and has yet to send it. Only the bytes under the claim's own key make the
 * claimant one who sent the image; knowing its hash does not.
 */
export class UploadClaims {
  readonly #records: RecordStore;
  readonly #clock: Clock;

  constructor(records: RecordStore, clock: Clock) {
    this.#records = records;
    this.#clock = clock;
  }

  async create(upload: NewUpload): Promise<UploadClaimRecord> {
    const claim_id = randomUUID();
    const now = instant(this.#clock);
    const record: UploadClaimRecord = {
      ...recordKeys.uploadClaim(upload.image_id, claim_id),
      ...upload,
      claim_id,
      type: 'UPLOAD_CLAIM',
      revision: 1,
      created_at: now,
      updated_at: now,
      ttl: Math.ceil(this.#clock.now() / 1_000) + KEPT_S,
    };
    await this.#records.write({ kind: 'put', record, condition: { ifAbsent: true } });
    return record;
  }

  async get(imageId: string, claimId: string): Promise<UploadClaimRecord | null> {
    const record = await this.#records.get(recordKeys.uploadClaim(imageId, claimId));
    return record && parseRecord(uploadClaimRecordSchema, record);
  }
}
