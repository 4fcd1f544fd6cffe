import { randomUUID } from 'node:crypto';
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describeQueueContract, type QueueHarness } from '@slipstream/shared/contract-suites';
import { hasMoto, type MotoServer, startMoto } from '@slipstream/shared/testing';
import { afterAll, beforeAll, describe, it, vi } from 'vitest';
import { SqsQueue } from '../src/index.ts';

const TICK_MS = 1_000;

if (hasMoto()) {
  describe('on a local server of the SQS protocol', () => {
    let server: MotoServer;

    beforeAll(async () => {
      vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
      server = await startMoto();
    }, 60_000);
    afterAll(() => {
      server.stop();
      vi.unstubAllEnvs();
    });

    describeQueueContract('SqsQueue', async () => harnessOn(server.endpoint));
  });
} else {
  describe('SqsQueue', () => {
    it.skip('NOT TESTED: moto_server is not installed (pip install "moto[server]")', () => {});
  });
}

function harnessOn(endpoint: string): QueueHarness {
  const options = { endpoint, region: 'us-east-1' };
  const client = new SQSClient(options);
  return {
    tickMs: TICK_MS,
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
