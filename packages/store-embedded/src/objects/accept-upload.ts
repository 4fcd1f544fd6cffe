import { createHash, type Hash } from 'node:crypto';
import { SlipstreamError } from '@slipstream/shared';
import type { BlobBody } from './blob-files.ts';
import type { EmbeddedObjectStore } from './embedded-object-store.ts';
import type { PresignedUploads, UploadPermit, UploadRequest } from './presigned-uploads.ts';

/**
 * What S3 does with a presigned PUT. `REQUEST_INVALID` for a wrong signature, an expired URL or other bytes than were
 * signed, `CONDITION_FAILED` when the key is taken; nothing is stored then.
 */
export async function acceptUpload(
  request: UploadRequest,
  uploads: PresignedUploads,
  stores: readonly EmbeddedObjectStore[],
): Promise<void> {
  const permit = uploads.permit(request);
  const store = stores.find(({ bucket }) => bucket === permit.bucket);
  if (store === undefined) throw new SlipstreamError('NOT_FOUND', `There is no bucket ${permit.bucket}.`);
  const hash = createHash('sha256');
  const { created } = await store.putStream(permit.key, hashed(request.body ?? [], hash), {
    ifAbsent: true,
    contentType: permit.contentType,
    sizeMax: permit.size,
    accept: ({ size }) => assertSignedBytes(permit, size, hash.digest('base64')),
  });
  if (!created) {
    throw new SlipstreamError('CONDITION_FAILED', 'There is an object at this key already; it was left as it is.', {
      details: { bucket: permit.bucket, key: permit.key },
    });
  }
}

async function* hashed(body: BlobBody, hash: Hash): AsyncIterable<Uint8Array> {
  for await (const chunk of body) {
    hash.update(chunk);
    yield chunk;
  }
}

function assertSignedBytes(permit: UploadPermit, size: number, sha256: string): void {
  if (size === permit.size && sha256 === permit.sha256) return;
  throw new SlipstreamError('REQUEST_INVALID', 'The upload is not valid: its bytes are not those that were signed.', {
    details: { bytes: size, bytes_signed: permit.size },
  });
}
