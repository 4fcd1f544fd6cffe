import { seededRandom } from '@slipstream/testing';
import { describeOnServer } from '@slipstream/testing/vitest';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dynamoThrottling, s3Error } from './cloud/aws-answers.ts';
import { putImages } from './cloud/images.ts';
import { type LocalCloud, startCloud } from './cloud/local-cloud.ts';
import {
  expectNothingDead,
  expectOneOutcome,
  SETTLE_MS_MAX,
  untilQueuesAreEmpty,
  untilSettled,
} from './cloud/outcome.ts';

const SEED = Number(process.env.SEED ?? 1);
const IMAGES = 6;

describeOnServer(`a store that fails now and then (SEED=${SEED})`, (endpoint) => {
  let cloud: LocalCloud;
  beforeEach(async () => {
    cloud = await startCloud(endpoint);
  });
  afterEach(() => cloud.stop());

  const runThrough = async () => {
    cloud.startAgent();
    const imageIds = await putImages(cloud, IMAGES);
    await untilSettled(cloud, imageIds, SETTLE_MS_MAX);
    await untilQueuesAreEmpty(cloud, SETTLE_MS_MAX);
    await expectNothingDead(cloud);
    for (const imageId of imageIds) await expectOneOutcome(cloud, imageId);
  };

  it('S3 that answers 500 and 503, slowly, and once not at all within the time-out', async () => {
    const random = seededRandom(SEED);
    let isStalled = false;
    cloud.proxy.decide = ({ service, operation }) => {
      if (service !== 's3') return null;
      if (operation === 'GET' && !isStalled) {
        isStalled = true;
        return { kind: 'delay', ms: 11_000 };
      }
      const drawn = random();
      if (drawn < 0.2) return s3Error(500, 'InternalError');
      if (drawn < 0.3) return s3Error(503, 'SlowDown');
      if (drawn < 0.4) return { kind: 'lose_answer' };
      return drawn < 0.6 ? { kind: 'delay', ms: 300 } : null;
    };
    await runThrough();
    expect(new Set(cloud.proxy.faults)).toEqual(new Set(['answer', 'delay', 'lose_answer']));
  });

  it('DynamoDB that throttles, meets other transactions, and loses answers to what it did', async () => {
    const random = seededRandom(SEED);
    cloud.proxy.decide = (passing) => {
      if (passing.service !== 'dynamodb') return null;
      const drawn = random();
      if (drawn < 0.3) return dynamoThrottling(passing, random());
      return drawn < 0.45 ? { kind: 'lose_answer' } : null;
    };
    await runThrough();
    expect(new Set(cloud.proxy.faults)).toEqual(new Set(['answer', 'lose_answer']));
  });
});
