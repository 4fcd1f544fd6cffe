import { describeQueueContract } from '@slipstream/shared/testing';
import { describeOnServer } from '@slipstream/testing/vitest';
import { queueHarness } from './queue-harness.ts';

describeOnServer('SQS', (endpoint) => {
  describeQueueContract('SqsQueue', async () => queueHarness(endpoint), ['deliveries']);
});
