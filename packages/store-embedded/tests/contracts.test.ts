import {
  describeChangeFeedContract,
  describeObjectStoreContract,
  describeQueueContract,
  describeRecordStoreContract,
} from '@slipstream/shared/testing';
import { makeStoreHarness } from './harness.ts';

describeQueueContract('The embedded queue', async () => {
  const harness = await makeStoreHarness();
  let queues = 0;
  return {
    tickMs: 1_000,
    queue: async (options) => {
      queues += 1;
      return harness.store.queue(`queue-${queues}`, options);
    },
    advance: harness.advance,
    dispose: harness.dispose,
  };
});

describeRecordStoreContract('The embedded record store', async () => {
  const { store, dispose } = await makeStoreHarness();
  return { records: store.records, dispose };
});

describeChangeFeedContract('The embedded change feed', async () => {
  const { store, dispose } = await makeStoreHarness();
  return { records: store.records, dispose };
});

for (const bucket of ['raw', 'artifacts'] as const) {
  describeObjectStoreContract(`The embedded bucket ${bucket}`, async () => {
    const harness = await makeStoreHarness();
    return { ...harness, store: harness.store[bucket] };
  });
}
