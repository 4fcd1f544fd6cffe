import { setTimeout as sleep } from 'node:timers/promises';
import { GetQueueAttributesCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { DeadLetter } from '@slipstream/shared';
import { describeOnServer, REGION } from '@slipstream/testing/vitest';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dynamoThrottling } from './cloud/aws-answers.ts';
import { announceAgain, putImages } from './cloud/images.ts';
import { type LocalCloud, startCloud } from './cloud/local-cloud.ts';
import { expectOneOutcome, SETTLE_MS_MAX, untilQueuesAreEmpty, untilSettled } from './cloud/outcome.ts';

/** Of the uploads-queue, from now on. */
async function allowReceives({ resources }: LocalCloud, maxReceiveCount: number): Promise<void> {
  const client = new SQSClient({ endpoint: new URL(resources.queues['uploads-queue'].url).origin, region: REGION });
  const QueueUrl = resources.queues['uploads-queue'].url;
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['RedrivePolicy'] }),
  );
  const RedrivePolicy = JSON.stringify({ ...JSON.parse(Attributes?.RedrivePolicy ?? '{}'), maxReceiveCount });
  await client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { RedrivePolicy } }));
}

describeOnServer('a redrive of dead letters', (endpoint) => {
  let cloud: LocalCloud;
  beforeAll(async () => {
    cloud = await startCloud(endpoint, { maxReceiveCount: 1 });
  });
  afterAll(() => cloud.stop());

  /** Of these images, and not the test event that S3 sends when a bucket is told where to announce. */
  const lettersOf = async (imageIds: readonly string[]): Promise<readonly DeadLetter[]> => {
    const { items } = await cloud.store.queue('uploads-queue').dead.list({ limit: 100 });
    return items.filter(({ body }) => imageIds.some((imageId) => body.includes(imageId)));
  };

  it('does what the letters were about, once, also where it has been done already', async () => {
    cloud.proxy.decide = (passing) =>
      passing.caller === 'submit-job' && passing.service === 'dynamodb' ? dynamoThrottling(passing, 0.9) : null;
    const imageIds = await putImages(cloud, 3);
    const end = Date.now() + SETTLE_MS_MAX;
    let dead = await lettersOf(imageIds);
    while (dead.length < imageIds.length && Date.now() < end) {
      await sleep(1_000);
      dead = await lettersOf(imageIds);
    }
    expect(dead).toHaveLength(imageIds.length);
    // SQS moved them by itself: it attaches no reason.
    expect(dead.map(({ reason }) => reason)).toEqual(imageIds.map(() => null));

    await allowReceives(cloud, 100);
    cloud.proxy.decide = () => null;
    cloud.startAgent();
    // One of them gets through by another event before its letter is sent again.
    await announceAgain(cloud, imageIds[0] ?? '');
    const queue = cloud.store.queue('uploads-queue');
    for (const { id } of dead) expect(await queue.dead.redrive(id)).toBe(true);
    await untilSettled(cloud, imageIds, SETTLE_MS_MAX);
    await untilQueuesAreEmpty(cloud, SETTLE_MS_MAX);
    expect(await lettersOf(imageIds)).toEqual([]);
    for (const imageId of imageIds) await expectOneOutcome(cloud, imageId);
  });
});
