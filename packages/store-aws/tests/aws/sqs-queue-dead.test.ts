import { describeQueueContract } from '@slipstream/shared/contract-suites';
import { describeOnServer } from './describe-on-server.ts';
import { queueHarness } from './queue-harness.ts';

describeOnServer('SQS', (endpoint) => {
  describeQueueContract('SqsQueue', async () => queueHarness(endpoint), ['dead']);
});
