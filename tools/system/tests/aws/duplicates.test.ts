import { jobIdOf, rawKey } from '@slipstream/shared';
import { describeOnServer } from '@slipstream/testing/vitest';
import { afterAll, beforeAll, it } from 'vitest';
import { announceAgain, putImages } from './cloud/images.ts';
import { type LocalCloud, startCloud } from './cloud/local-cloud.ts';
import {
  expectNothingDead,
  expectOneOutcome,
  SETTLE_MS_MAX,
  untilQueuesAreEmpty,
  untilSettled,
} from './cloud/outcome.ts';

describeOnServer('duplicates', (endpoint) => {
  let cloud: LocalCloud;
  beforeAll(async () => {
    cloud = await startCloud(endpoint);
  });
  afterAll(() => cloud.stop());

  it('events and messages that come several times, at once and late, have one effect', async () => {
    cloud.startAgent();
    cloud.startAgent();
    const imageIds = await putImages(cloud, 8);
    const sendAll = async (imageId: string) => {
      const job_id = jobIdOf(imageId, 1);
      const job = { image_id: imageId, job_id, s3_bucket: cloud.resources.raw_bucket, s3_key: rawKey(imageId) };
      await announceAgain(cloud, imageId);
      await cloud.store.queue('ocr-queue').send(job);
      await cloud.store.queue('ocr-results-queue').send({ image_id: imageId, job_id });
      await cloud.store.queue('validate-queue').send({ image_id: imageId, receipt_id: '00001', revision: 1 });
    };
    for (const imageId of imageIds) await announceAgain(cloud, imageId);
    await untilSettled(cloud, imageIds, SETTLE_MS_MAX);
    await Promise.all(imageIds.flatMap((imageId) => [sendAll(imageId), sendAll(imageId)]));
    await untilQueuesAreEmpty(cloud, SETTLE_MS_MAX);
    await expectNothingDead(cloud);
    for (const imageId of imageIds) await expectOneOutcome(cloud, imageId);
  });
});
