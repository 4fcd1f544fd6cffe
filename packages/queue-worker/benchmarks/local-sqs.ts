import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { CreateQueueCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';

/** A message that asks its handler to sleep. */
export interface SleepMessage {
  readonly n: number;
  readonly sleep_ms: number;
}

export interface LocalSqs {
  readonly endpoint: string;
  readonly region: string;
  createQueue(): Promise<string>;
  fill(url: string, messages: readonly SleepMessage[]): Promise<void>;
  stop(): void;
}

const REGION = 'us-east-1';
const BATCH_MAX = 10;
/** Sends under way at once. */
const AT_ONCE = 10;

/** A server of the SQS protocol on the loopback, the same for every contender. */
export async function startLocalSqs(): Promise<LocalSqs> {
  process.env.AWS_ACCESS_KEY_ID = 'local';
  process.env.AWS_SECRET_ACCESS_KEY = 'local';
  const file = fileURLToPath(new URL('./sqs-server.ts', import.meta.url));
  const server = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const stop = () => server.kill();
  process.once('exit', stop);
  const [line] = await once(server.stdout, 'data');
  const endpoint = `http://127.0.0.1:${String(line).trim()}`;
  const client = new SQSClient({ endpoint, region: REGION });
  let queues = 0;
  return {
    endpoint,
    region: REGION,
    stop,
    async createQueue() {
      queues += 1;
      const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: `bench-${queues}` }));
      return QueueUrl ?? '';
    },
    async fill(url, messages) {
      for (let start = 0; start < messages.length; start += BATCH_MAX * AT_ONCE) {
        const batches = Array.from({ length: AT_ONCE }, (_, index) => start + index * BATCH_MAX)
          .map((from) => messages.slice(from, Math.min(from + BATCH_MAX, start + BATCH_MAX * AT_ONCE)))
          .filter((batch) => batch.length > 0);
        await Promise.all(batches.map((batch) => send(url, batch)));
      }
    },
  };

  async function send(url: string, messages: readonly SleepMessage[]): Promise<void> {
    const Entries = messages.map((message) => ({ Id: String(message.n), MessageBody: JSON.stringify(message) }));
    const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
    if (Failed.length > 0) throw new Error(`the server refused ${Failed.length} messages`);
  }
}
