import { describeOnServer, describeQueueContract } from '@slipstream/shared/contract-suites';
import { queueHarness } from './queue-harness.ts';

describeOnServer('SQS', (endpoint) => {
  describeQueueContract('SqsQueue', async () => queueHarness(endpoint), ['deliveries']);
});
