import { imageIdOf, sha256Hex } from '../contracts/ids.ts';
import { rawKey } from '../contracts/object-keys.ts';
import { recordKeys } from '../contracts/record-keys.ts';
import type { UploadRecord } from '../contracts/records.ts';
import { isSlipstreamError } from '../errors/slipstream-error.ts';
import { type Clock, instant } from '../ports/clock.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { RecordStore } from '../ports/record-store.ts';
import type { Jobs } from '../repositories/jobs.ts';

export interface SubmitPorts {
  readonly records: RecordStore;
  readonly raw: ObjectStore;
  readonly jobs: Jobs;
  readonly clock: Clock;
}

export interface Submission {
  readonly image_id: string;
  /** False when these bytes were here already: nothing is done twice. */
  readonly created: boolean;
}

const FILE_NAME_LENGTH_MAX = 255;

/**
 * Puts an image where the flow begins. Who sent it is noted first, the object comes last: its creation is the event
 * that starts everything. Safe to repeat.
 */
export async function submitImage(
  ports: SubmitPorts,
  upload: { readonly bytes: Uint8Array; readonly file_name: string; readonly uploaded_by: string },
): Promise<Submission> {
  const imageId = imageIdOf(sha256Hex(upload.bytes));
  const fileName = upload.file_name.slice(0, FILE_NAME_LENGTH_MAX) || 'unnamed';
  await noteUpload(ports, imageId, upload.uploaded_by, fileName);
  const { created } = await ports.raw.put(rawKey(imageId), upload.bytes, { ifAbsent: true });
  if (created) return { image_id: imageId, created };
  const current = await ports.jobs.current(imageId);
  // Other bytes once came under this id and were refused: the right ones replace them.
  if (current?.job.reason_code === 'IMAGE_HASH_MISMATCH') await ports.raw.put(rawKey(imageId), upload.bytes);
  return { image_id: imageId, created: false };
}

async function noteUpload(ports: SubmitPorts, imageId: string, uploadedBy: string, fileName: string): Promise<void> {
  const now = instant(ports.clock);
  const record: UploadRecord = {
    ...recordKeys.upload(imageId, uploadedBy),
    type: 'UPLOAD',
    revision: 1,
    image_id: imageId,
    uploaded_by: uploadedBy,
    file_name: fileName,
    created_at: now,
    updated_at: now,
  };
  try {
    await ports.records.write({ kind: 'put', record, condition: { ifAbsent: true } });
  } catch (error) {
    // Sent before by the same person: the first name stays.
    if (!isSlipstreamError(error, 'CONDITION_FAILED')) throw error;
  }
}
