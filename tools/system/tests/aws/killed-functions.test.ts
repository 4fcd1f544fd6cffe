import { describeOnServer } from '@slipstream/testing/vitest';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { putImages } from './cloud/images.ts';
import { type FunctionName, type LocalCloud, startCloud } from './cloud/local-cloud.ts';
import {
  expectNothingDead,
  expectOneOutcome,
  SETTLE_MS_MAX,
  untilQueuesAreEmpty,
  untilSettled,
} from './cloud/outcome.ts';

const VICTIMS = ['submit-job', 'process-ocr-results', 'stream-processor', 'validate-receipt'] as const;

describeOnServer('functions that are killed', (endpoint) => {
  let cloud: LocalCloud;
  beforeAll(async () => {
    cloud = await startCloud(endpoint);
  });
  afterAll(() => cloud.stop());

  it('in mid-batch, each right after its second write took effect', async () => {
    const writes = new Map<FunctionName, number>();
    const killed: FunctionName[] = [];
    cloud.proxy.onEffect = ({ caller, operation }) => {
      const victim = VICTIMS.find((name) => name === caller);
      if (victim === undefined || !/^(TransactWriteItems|PutItem|UpdateItem|SendMessage)$/.test(operation)) return;
      writes.set(victim, (writes.get(victim) ?? 0) + 1);
      if (writes.get(victim) !== 2) return;
      killed.push(victim);
      cloud.functions[victim].kill();
    };
    cloud.startAgent();
    const imageIds = await putImages(cloud, 6);
    await untilSettled(cloud, imageIds, SETTLE_MS_MAX);
    await untilQueuesAreEmpty(cloud, SETTLE_MS_MAX);
    await expectNothingDead(cloud);
    expect(killed.toSorted()).toEqual(VICTIMS.toSorted());
    for (const imageId of imageIds) await expectOneOutcome(cloud, imageId);
  });
});
