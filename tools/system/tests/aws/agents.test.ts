import { setTimeout as sleep } from 'node:timers/promises';
import { describeOnServer } from '@slipstream/testing/vitest';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { skewVerdict } from './cloud/aws-answers.ts';
import { putImages } from './cloud/images.ts';
import { type LocalCloud, startCloud } from './cloud/local-cloud.ts';
import {
  expectNothingDead,
  expectOneOutcome,
  SETTLE_MS_MAX,
  untilQueuesAreEmpty,
  untilSettled,
} from './cloud/outcome.ts';

const MINUTE_MS = 60_000;

describeOnServer('two agents', (endpoint) => {
  let cloud: LocalCloud;
  beforeEach(async () => {
    cloud = await startCloud(endpoint);
  });
  afterEach(() => cloud.stop());

  const conclude = async (imageIds: readonly string[]) => {
    await untilSettled(cloud, imageIds, SETTLE_MS_MAX);
    await expectNothingDead(cloud);
    for (const imageId of imageIds) await expectOneOutcome(cloud, imageId);
  };

  it('of which one is killed with images in hand', async () => {
    const victim = cloud.startAgent();
    let claims = 0;
    const isWorking = new Promise<void>((resolve) => {
      // Its claim has been written, its document not yet.
      cloud.proxy.decide = ({ caller, service, operation }) => {
        if (caller !== 'ocr-agent') return null;
        if (service === 'dynamodb' && operation === 'UpdateItem') claims += 1;
        if (claims < 2 || service !== 's3') return null;
        resolve();
        return { kind: 'delay', ms: 3_000 };
      };
    });
    const imageIds = await putImages(cloud, 6);
    await isWorking;
    victim.kill();
    cloud.proxy.decide = () => null;
    cloud.startAgent();
    await conclude(imageIds);
    await untilQueuesAreEmpty(cloud, SETTLE_MS_MAX);
  });

  it('whose clocks are ten minutes fast and ten minutes slow', async () => {
    const refused = new Set<number>();
    cloud.proxy.decide = (passing) => {
      const verdict = passing.caller === 'ocr-agent' ? skewVerdict(passing) : null;
      if (verdict !== null && passing.signed_at !== null) refused.add(Math.sign(passing.signed_at - Date.now()));
      return verdict;
    };
    cloud.startAgent({ skew_ms: 10 * MINUTE_MS });
    cloud.startAgent({ skew_ms: -10 * MINUTE_MS });
    // Both have to be up, or the first takes everything.
    while (refused.size < 2) await sleep(200);
    // A message may stay behind: the slow clock waits for as long as a claim of the fast one seems to last.
    await conclude(await putImages(cloud, 8));
    expect(refused).toEqual(new Set([1, -1]));
  });
});
