import { randomUUID } from 'node:crypto';
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { QueueHarness } from '@slipstream/shared/testing';
import { REGION } from '@slipstream/testing/vitest';
import { SqsQueue } from '../../src/index.ts';

/** Queues with dead letters, as the deploy makes them; SQS counts in seconds of real time. */
export function queueHarness(endpoint: string): QueueHarness {
  const options = { endpoint, region: REGION };
  const client = new SQSClient(options);
  return {
    tickMs: 1_000,
    queue: async ({ maxReceiveCount = 100 } = {}) => {
      const name = `q-${randomUUID()}`;
      const dead = await client.send(new CreateQueueCommand({ QueueName: `${name}-dead` }));
      const { Attributes } = await client.send(
        new GetQueueAttributesCommand({ QueueUrl: dead.QueueUrl ?? '', AttributeNames: ['QueueArn'] }),
      );
      const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: Attributes?.QueueArn, maxReceiveCount });
      const main = await client.send(new CreateQueueCommand({ QueueName: name, Attributes: { RedrivePolicy } }));
      return new SqsQueue<unknown>(main.QueueUrl ?? '', options);
    },
    advance: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    dispose: async () => client.destroy(),
  };
}
