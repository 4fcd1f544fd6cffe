import { assertImageBytes } from '@slipstream/runtime';
import type { PresignedPut } from '@slipstream/shared';
import { claimedKey, type ImageType, MEDIA_TYPES, rawKey } from '@slipstream/shared';
import { assertNotBeingDeleted } from '../repositories/jobs.ts';
import { imageIdFor, type Sender } from './sender.ts';
import type { SubmitPorts } from './submit-image.ts';
import type { UploadClaims } from './upload-claims.ts';

/** How long a photograph of 25 MB may take over a slow line. */
const EXPIRES_S = 900;

export interface UploadAnnouncement extends Sender {
  /** Lower-case hex. */
  readonly sha256: string;
  readonly size: number;
  readonly type: ImageType;
  readonly file_name: string;
  readonly correlation_id?: string;
}

export interface AnnouncedUpload {
  readonly image_id: string;
  /** The PUT that stores the image; null when the caller sent these bytes before. */
  readonly upload: PresignedPut | null;
}

/**
 * Signs the PUT of an image that is too large for a request, to a key of the caller's own claim. Only the bytes that
 * arrive there make the image the caller's: a hash can be known without them. So whether others sent the image before
 * changes nothing in the answer.
 *
 *   announce ─► UPLOAD_CLAIM ─► PUT raw/{image_id}.{claim_id} ─► event ─► submit-job: UPLOAD record, raw/{image_id}
 */
export async function announceUpload(
  ports: SubmitPorts & { readonly uploadClaims: UploadClaims },
  upload: UploadAnnouncement,
  bytesMax: number,
): Promise<AnnouncedUpload> {
  assertImageBytes(upload.size, bytesMax);
  const { sha256, size, type, ...origin } = upload;
  const image_id = await imageIdFor(ports.uploads, sha256, upload);
  assertNotBeingDeleted(await ports.jobs.image(image_id));
  const [own, present] = await Promise.all([
    ports.uploads.get(image_id, upload.uploaded_by),
    ports.raw.head(rawKey(image_id)),
  ]);
  if (own && present?.size === size) return { image_id, upload: null };
  const { claim_id } = await ports.uploadClaims.create({ image_id, ...origin });
  const options = { size, sha256, contentType: MEDIA_TYPES[type], expiresS: EXPIRES_S };
  return { image_id, upload: await ports.raw.presignPut(claimedKey(image_id, claim_id), options) };
}
