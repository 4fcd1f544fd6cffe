import { readAll } from '@slipstream/records';
import { sha256Hex } from '@slipstream/runtime';
import {
  type claimOfKey,
  isImageIdOf,
  ownerMetadata,
  rawKey,
  SlipstreamError,
  type UploadClaimRecord,
} from '@slipstream/shared';
import type { SubmitPorts } from './submit-ports.ts';

type Ports = Pick<SubmitPorts, 'raw' | 'uploads' | 'uploadClaims'>;

/**
 * An object that came under a claim: its bytes prove that the claimant has the image. Its key becomes the image's own,
 * and who claimed it is noted as one who sent it. Safe to repeat. Returns the image's key.
 */
export async function adoptClaimed(
  ports: Ports,
  key: string,
  { image_id, claim_id }: NonNullable<ReturnType<typeof claimOfKey>>,
  bytesMax: number,
): Promise<string> {
  const claim = await ports.uploadClaims.get(image_id, claim_id);
  if (!claim) {
    throw new SlipstreamError('MESSAGE_KEY_INVALID', `The object ${key} came without a claim; it is not read.`, {
      details: { key },
    });
  }
  if (await ports.raw.head(key)) {
    const bytes = await readAll(await ports.raw.get(key), bytesMax);
    if (!isImageIdOf(image_id, sha256Hex(bytes), claim.owner_id)) throw otherBytes(key);
    await noteSender(ports, claim);
    await putOriginal(ports, claim, bytes);
    await ports.raw.delete(key);
  }
  // Gone: an earlier delivery of the same event adopted it. The image's own object says what came of it.
  return rawKey(image_id);
}

/** Before the object: its creation is an event that others follow. */
function noteSender({ uploads }: Ports, claim: UploadClaimRecord): Promise<void> {
  const { image_id, owner_id, uploaded_by, file_name, origin_kind, correlation_id } = claim;
  const kind = origin_kind ? { origin_kind } : {};
  return uploads.note({
    image_id,
    owner_id,
    uploaded_by,
    file_name,
    ...kind,
    ...(correlation_id ? { correlation_id } : {}),
  });
}

async function putOriginal(
  { raw }: Ports,
  { image_id, owner_id }: UploadClaimRecord,
  bytes: Uint8Array,
): Promise<void> {
  const key = rawKey(image_id);
  const present = await raw.head(key);
  // Other bytes once came under this id: the right ones, which were just checked, replace them.
  const ifAbsent = present?.size === bytes.byteLength || present === null;
  await raw.put(key, bytes, { ifAbsent, ...ownerMetadata(owner_id) });
}

function otherBytes(key: string): SlipstreamError {
  return new SlipstreamError(
    'IMAGE_HASH_MISMATCH',
    `The bytes stored under ${key} are not the ones it was announced for; upload the image again.`,
    { details: { key } },
  );
}
