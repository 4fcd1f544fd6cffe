import { sha256Hex } from '@slipstream/runtime';
import type { ObjectStore } from '@slipstream/shared';
import { type ImageOrigin, isObjectFault, ownerMetadata, rawKey } from '@slipstream/shared';
import { readAll } from '../repositories/documents.ts';
import { assertNotBeingDeleted, type Jobs } from '../repositories/jobs.ts';
import type { Uploads } from '../repositories/uploads.ts';
import { imageIdFor, type Sender } from './sender.ts';

export interface SubmitPorts {
  readonly raw: ObjectStore;
  readonly jobs: Jobs;
  readonly uploads: Uploads;
}

export interface Submission {
  readonly image_id: string;
  /** False when these bytes were here already: nothing is done twice. */
  readonly created: boolean;
}

/**
 * Puts an image where the flow begins. Who sent it is noted first, the object comes last: its creation is the event
 * that starts everything. Safe to repeat. `DELETION_UNDER_WAY` while what was sent before is removed.
 */
export async function submitImage(
  ports: SubmitPorts,
  upload: Sender & {
    readonly bytes: Uint8Array;
    readonly file_name: string;
    readonly origin_kind?: ImageOrigin['kind'];
    readonly correlation_id?: string;
  },
): Promise<Submission> {
  const { bytes, ...origin } = upload;
  const imageId = await imageIdFor(ports.uploads, sha256Hex(bytes), upload);
  assertNotBeingDeleted(await ports.jobs.image(imageId));
  const owned = ownerMetadata(upload.owner_id);
  await ports.uploads.note({ image_id: imageId, ...origin });
  const { created } = await ports.raw.put(rawKey(imageId), bytes, { ifAbsent: true, ...owned });
  if (created) return { image_id: imageId, created };
  // Other bytes came under this id, or the stored ones are damaged: the right ones replace them.
  if (await holdsBytes(ports.raw, rawKey(imageId), bytes)) return { image_id: imageId, created: false };
  await ports.raw.put(rawKey(imageId), bytes, owned);
  return { image_id: imageId, created: true };
}

async function holdsBytes(raw: ObjectStore, key: string, bytes: Uint8Array): Promise<boolean> {
  try {
    return Buffer.compare(await readAll(await raw.get(key), bytes.byteLength), bytes) === 0;
  } catch (error) {
    if (isObjectFault(error)) return false;
    throw error;
  }
}
