import { CreateQueueCommand, DeleteQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { hasMoto, startMoto } from '@slipstream/testing/aws-server';
import { expect, it } from 'vitest';
import { changedListings, holdingsOf } from '../../walk/emulator/holdings.ts';

const canList = hasMoto('all');
if (!canList) console.warn('NOT TESTED: what an account lists, for want of moto with all of its services.');

it.skipIf(!canList)(
  'names what was left in an account, by the service that lists it, and in no other account',
  {
    timeout: 120_000,
  },
  async () => {
    const { endpoint, stop } = await startMoto('all');
    const list = (account: string) => holdingsOf(endpoint, 'us-east-1', account);
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const sqs = new SQSClient({ endpoint, region: 'us-east-1', credentials });
    try {
      const [before, elsewhere] = [await list('123456789012'), await list('444455556666')];
      const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'slipstream-dev-left' }));
      expect(changedListings(before, await list('123456789012'))).toEqual([
        expect.stringMatching(/^AmazonSQS\.ListQueues: .*slipstream-dev-left/),
      ]);
      expect(changedListings(elsewhere, await list('444455556666'))).toEqual([]);
      await sqs.send(new DeleteQueueCommand({ QueueUrl }));
      expect(changedListings(before, await list('123456789012'))).toEqual([]);
    } finally {
      sqs.destroy();
      stop();
    }
  },
);
