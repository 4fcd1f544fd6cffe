import { assertImageBytes } from '@slipstream/runtime';
import type { PresignedPut } from '@slipstream/shared';
import { type ImageType, imageIdOf, MEDIA_TYPES, rawKey, SlipstreamError } from '@slipstream/shared';
import type { SubmitPorts } from './submit-image.ts';

/** How long a photograph of 25 MB may take over a slow line. */
const EXPIRES_S = 900;

export interface UploadAnnouncement {
  /** Lower-case hex. */
  readonly sha256: string;
  readonly size: number;
  readonly type: ImageType;
  readonly file_name: string;
  readonly uploaded_by: string;
  readonly correlation_id?: string;
}

export interface AnnouncedUpload {
  readonly image_id: string;
  /** The PUT that stores the image; null when these bytes are here already. */
  readonly upload: PresignedPut | null;
}

/**
 * Signs the PUT of an image that is too large for a request. Who sends it is noted now, since the store's event will
 * not tell. Naming the SHA-256 counts as having the bytes: nobody else can know it, and nothing that the API or the
 * log says contains it (an image id cannot be turned back into it).
 */
export async function announceUpload(
  ports: SubmitPorts,
  upload: UploadAnnouncement,
  bytesMax: number,
): Promise<AnnouncedUpload> {
  assertImageBytes(upload.size, bytesMax);
  const { sha256, size, type, ...origin } = upload;
  const image_id = imageIdOf(sha256);
  const key = rawKey(image_id);
  const present = await ports.raw.head(key);
  if (present && present.size !== size) {
    throw new SlipstreamError(
      'IMAGE_HASH_MISMATCH',
      `The image ${image_id} is stored with ${present.size} bytes, not ${size}: check the size that was sent; if it is right, other bytes lie under ${key} and have to be deleted first.`,
    );
  }
  await ports.uploads.note({ image_id, ...origin });
  if (present) return { image_id, upload: null };
  const signed = await ports.raw.presignPut(key, { size, sha256, contentType: MEDIA_TYPES[type], expiresS: EXPIRES_S });
  return { image_id, upload: signed };
}
