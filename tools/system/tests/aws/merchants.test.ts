import { merchantRaces, openMemoryHome } from '@slipstream/pipeline/testing';
import { systemClock } from '@slipstream/shared';
import { openAwsStore } from '@slipstream/store-aws';
import { describeOnServer, REGION } from '@slipstream/testing/vitest';
import { makeResources } from './cloud/make-resources.ts';

describeOnServer('merchants of receipts that end at once, on DynamoDB', (endpoint) => {
  process.env.AWS_ACCESS_KEY_ID ??= 'test';
  process.env.AWS_SECRET_ACCESS_KEY ??= 'test';
  merchantRaces(async () => {
    const { table, raw_bucket, artifacts_bucket, queues } = await makeResources(endpoint, REGION, 100);
    const store = openAwsStore({
      region: REGION,
      endpoint,
      table,
      rawBucket: raw_bucket,
      artifactsBucket: artifacts_bucket,
      queues,
      clock: systemClock,
    });
    const home = await openMemoryHome(store);
    return {
      ...home,
      close: async () => {
        await home.close();
        store.close();
      },
    };
  });
});
