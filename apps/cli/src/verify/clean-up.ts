import type { OpenStore } from '@slipstream/pipeline';
import { workPorts } from '@slipstream/pipeline';
import { type DeletePorts, deletePorts, finishDeletion } from '@slipstream/pipeline/delete-image';
import { createLogger } from '@slipstream/runtime';
import { type Clock, DEFAULT_OWNER, rawKey, SlipstreamError } from '@slipstream/shared';

/** The sweeper looks once more for what came late, after this. */
const AGAIN_AFTER_MS = 660_000;
/** Another deletion of the same image is waited for. */
const TRIES_MAX = 30;
const PAUSE_MS = 1_000;

/**
 * Removes a photograph with all that was made of it, however far it came, as the deletion of an image does. False where
 * there was none. Safe to repeat.
 */
export async function removeImage(store: OpenStore, clock: Clock, imageId: string): Promise<boolean> {
  const ports = deletePorts(workPorts(store, { clock, logger: createLogger({ name: 'verify', level: 'silent' }) }));
  if ((await ports.raw.head(rawKey(imageId))) === null && (await ports.jobs.image(imageId)) === null) return false;
  const deletion = await markForSender(ports, imageId);
  if (deletion === null) return false;
  for (let tries = 1; tries <= TRIES_MAX; tries += 1) {
    if (await finishDeletion(ports, deletion, { againAfterMs: AGAIN_AFTER_MS })) return true;
    await clock.sleep(PAUSE_MS);
  }
  throw new SlipstreamError('STORE_BUSY', `The image ${imageId} is being deleted by another program; run it again.`);
}

/** One that was not even taken in is deleted by what is known of it. */
async function markForSender({ uploads, deletions, raw }: DeletePorts, imageId: string) {
  const [sender] = await uploads.ofImage(imageId);
  const { owner_id, uploaded_by } = sender ?? { owner_id: DEFAULT_OWNER, uploaded_by: 'verify' };
  const unknown = { image_id: imageId, owner_id, s3_bucket: raw.bucket, s3_key: rawKey(imageId), size: 0 };
  return deletions.mark(imageId, uploaded_by, unknown);
}
