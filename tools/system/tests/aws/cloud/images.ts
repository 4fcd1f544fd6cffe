import { png } from '@slipstream/pipeline/testing';
import { sha256Hex } from '@slipstream/runtime';
import { imageIdOf, rawKey, type UploadEvent } from '@slipstream/shared';
import type { LocalCloud } from './local-cloud.ts';

/** Puts small images, all different, where object-created announces them. */
export async function putImages(cloud: LocalCloud, count: number): Promise<readonly string[]> {
  const images = Array.from({ length: count }, (_, index) => png(`image ${index}`));
  return Promise.all(
    images.map(async (bytes) => {
      const imageId = imageIdOf(sha256Hex(bytes));
      await cloud.store.raw.put(rawKey(imageId), bytes);
      return imageId;
    }),
  );
}

/** What S3 says of an object, once more. */
export async function announceAgain(cloud: LocalCloud, imageId: string): Promise<void> {
  const event: UploadEvent = {
    Records: [
      {
        eventSource: 'aws:s3',
        eventName: 'ObjectCreated:Put',
        s3: { bucket: { name: cloud.resources.raw_bucket }, object: { key: rawKey(imageId) } },
      },
    ],
  };
  await cloud.store.queue('uploads-queue').send(event);
}
