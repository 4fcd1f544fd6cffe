import { DEFAULT_OWNER, imageIdOf, LOCAL_CALLER, type UploadRecord } from '@slipstream/shared';
import type { Uploads } from '../repositories/uploads.ts';

/** Who sends an image, and whose it is then. */
export type Sender = Pick<UploadRecord, 'uploaded_by' | 'owner_id'>;

/** On one machine there is one. */
export const LOCAL_SENDER: Sender = { uploaded_by: LOCAL_CALLER, owner_id: DEFAULT_OWNER };

/** The image that these bytes are for a sender. What they sent before there were owners stays the image that it was. */
export async function imageIdFor(
  uploads: Pick<Uploads, 'get'>,
  sha256: string,
  { uploaded_by, owner_id }: Sender,
): Promise<string> {
  const own = imageIdOf(sha256, owner_id);
  const earlier = imageIdOf(sha256);
  return own !== earlier && (await uploads.get(earlier, uploaded_by)) ? earlier : own;
}
