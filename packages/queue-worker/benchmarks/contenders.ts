import { type Message, SQSClient } from '@aws-sdk/client-sqs';
import { systemClock } from '@slipstream/shared';
import { SqsQueue } from '@slipstream/store-aws';
import { Consumer } from 'sqs-consumer';
import { QueueWorker } from '../src/queue-worker.ts';
import { sleepCountingClock } from '../src/wake-watch.ts';
import type { LocalSqs } from './local-sqs.ts';

const CONCURRENCY = 10;
const VISIBILITY_S = 30;

/** Works off a queue until it is stopped; `handle` is told each message's body. */
export interface Contender {
  readonly name: string;
  start(sqs: LocalSqs, url: string, handle: (body: string) => Promise<void>): { stop(): Promise<void> };
}

export const slipstream: Contender = {
  name: 'slipstream',
  start({ endpoint, region }, url, handle) {
    const worker = new QueueWorker({
      queue: new SqsQueue(url, { endpoint, region }),
      handle: async (lease) => {
        await handle(lease.delivery.body);
        return { settlement: { kind: 'ack' }, outcome: 'done' };
      },
      reports: {
        onStart: () => {},
        onEnd: () => {},
        onWake: () => {},
        onIdle: () => {},
        onRecovery: () => {},
        onTrouble: ({ error }) => console.error(`slipstream: ${error.message}`),
      },
      clock: systemClock,
      elapsed: sleepCountingClock(systemClock),
      random: Math.random,
      concurrency: CONCURRENCY,
      lease: { visibility_ms: VISIBILITY_S * 1_000, extensions_max: 1_000, held_ms_max: 3_600_000 },
      until: 'stopped',
      drain_ms: 10_000,
    });
    void worker.run();
    return { stop: () => worker.stop() };
  },
};

/** With heartbeats as ours has them: at a third of the visibility timeout. */
function consumer(sqs: LocalSqs, url: string) {
  return {
    queueUrl: url,
    batchSize: CONCURRENCY,
    visibilityTimeout: VISIBILITY_S,
    heartbeatInterval: VISIBILITY_S / 3,
    sqs: new SQSClient({ endpoint: sqs.endpoint, region: sqs.region }),
  };
}

function run(running: Consumer): { stop(): Promise<void> } {
  running.on('error', (error) => console.error(`sqs-consumer: ${error.message}`));
  running.start();
  return {
    stop: async () => {
      running.stop({ abort: true });
    },
  };
}

export const sqsConsumerEach: Contender = {
  name: 'sqs-consumer, each',
  start: (sqs, url, handle) =>
    run(
      Consumer.create({
        ...consumer(sqs, url),
        handleMessage: async (message: Message) => {
          await handle(message.Body ?? '');
          return message;
        },
      }),
    ),
};

export const sqsConsumerBatch: Contender = {
  name: 'sqs-consumer, batch',
  start: (sqs, url, handle) =>
    run(
      Consumer.create({
        ...consumer(sqs, url),
        handleMessageBatch: async (messages: Message[]) => {
          await Promise.all(messages.map((message) => handle(message.Body ?? '')));
          return messages;
        },
      }),
    ),
};
