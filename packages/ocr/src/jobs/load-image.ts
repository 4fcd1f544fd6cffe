import { readAll } from '@slipstream/records';
import { isTruncated, sha256Hex } from '@slipstream/runtime';
import { isImageIdOf, isSlipstreamError, type OcrJobRecord, SlipstreamError } from '@slipstream/shared';
import type { EngineImage } from '../pictures/engine-image.ts';
import type { JobPorts } from './job-ports.ts';

/** The job's image, whose bytes are those of its id and whose type and size an engine may be given. */
export async function loadImage(
  ports: Pick<JobPorts, 'raw' | 'checkImage' | 'image_bytes_max'>,
  job: Pick<OcrJobRecord, 'image_id' | 'owner_id' | 's3_key'>,
  signal: AbortSignal,
): Promise<EngineImage> {
  const bytes = await download(ports, job.s3_key, signal);
  const sha256 = sha256Hex(bytes);
  if (!isImageIdOf(job.image_id, sha256, job.owner_id)) {
    throw new SlipstreamError(
      'IMAGE_HASH_MISMATCH',
      `The bytes under ${job.s3_key} are not those of this image: upload it again.`,
      { details: { key: job.s3_key, sha256 } },
    );
  }
  const facts = ports.checkImage(bytes);
  return {
    image_id: job.image_id,
    bytes,
    sha256,
    ...facts,
    ...(isTruncated(bytes, facts.type) && { truncated: true as const }),
  };
}

async function download(
  ports: Pick<JobPorts, 'raw' | 'image_bytes_max'>,
  key: string,
  signal: AbortSignal,
): Promise<Uint8Array> {
  try {
    return await readAll(await ports.raw.get(key, { signal }), ports.image_bytes_max);
  } catch (cause) {
    signal.throwIfAborted();
    if (!isSlipstreamError(cause, 'LIMIT_EXCEEDED')) throw cause;
    const megabytes = Math.floor(ports.image_bytes_max / 1_000_000);
    throw new SlipstreamError(
      'IMAGE_TOO_LARGE',
      `The file is larger than ${megabytes} MB: send a smaller photograph, or raise --image-bytes-max.`,
      { cause, details: { key, bytes_max: ports.image_bytes_max } },
    );
  }
}
