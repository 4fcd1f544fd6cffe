import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { z } from 'zod';
import { BenchQueue } from './bench-queue.ts';

/**
 * As much of SQS's JSON protocol as workers use, on the loopback, as a process of its own: it prints its port.
 * moto is no measure here: it copies the whole queue for each message that it hands out.
 */
const queues = new Map<string, BenchQueue>();

const entriesSchema = z.array(
  z.object({
    Id: z.string(),
    MessageBody: z.string().default(''),
    ReceiptHandle: z.string().default(''),
    VisibilityTimeout: z.number().default(0),
  }),
);
const requestSchema = z.object({
  QueueName: z.string().default(''),
  QueueUrl: z.string().default(''),
  MaxNumberOfMessages: z.number().default(1),
  WaitTimeSeconds: z.number().default(0),
  VisibilityTimeout: z.number().default(30),
  ReceiptHandle: z.string().default(''),
  Entries: entriesSchema.default([]),
});
type Request = z.infer<typeof requestSchema>;

const server = createServer(async (request, response) => {
  const action = String(request.headers['x-amz-target'] ?? '').replace('AmazonSQS.', '');
  const answer = await act(action, requestSchema.parse(JSON.parse(await textOf(request))));
  const body = JSON.stringify(answer);
  response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0', 'content-length': Buffer.byteLength(body) });
  response.end(body);
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => console.log(port()));

async function act(action: string, request: Request): Promise<unknown> {
  if (action === 'CreateQueue') {
    queues.set(request.QueueName, new BenchQueue());
    return { QueueUrl: `http://127.0.0.1:${port()}/000000000000/${request.QueueName}` };
  }
  const queue = queues.get(request.QueueUrl.split('/').at(-1) ?? '');
  if (queue === undefined) throw new Error(`there is no queue ${request.QueueUrl}`);
  const { Entries } = request;
  const Successful = Entries.map(({ Id }) => ({ Id }));
  switch (action) {
    case 'SendMessageBatch':
      for (const { MessageBody } of Entries) queue.send(MessageBody);
      return {
        Successful: Entries.map(({ Id, MessageBody }) => ({
          Id,
          MessageId: randomUUID(),
          MD5OfMessageBody: md5(MessageBody),
        })),
      };
    case 'ReceiveMessage':
      return { Messages: (await queue.receive(request)).map(messageOf) };
    case 'DeleteMessage':
      queue.delete(request.ReceiptHandle);
      return {};
    case 'DeleteMessageBatch':
      for (const { ReceiptHandle } of Entries) queue.delete(ReceiptHandle);
      return { Successful };
    case 'ChangeMessageVisibility':
      queue.changeVisibility(request.ReceiptHandle, request.VisibilityTimeout);
      return {};
    case 'ChangeMessageVisibilityBatch':
      for (const { ReceiptHandle, VisibilityTimeout } of Entries)
        queue.changeVisibility(ReceiptHandle, VisibilityTimeout);
      return { Successful };
    default:
      throw new Error(`this server does not know ${action}`);
  }
}

function messageOf({ handle, body, receives }: { handle: string; body: string; receives: number }) {
  return {
    MessageId: handle,
    ReceiptHandle: handle,
    Body: body,
    MD5OfBody: md5(body),
    Attributes: { ApproximateReceiveCount: String(receives), SentTimestamp: String(Date.now()) },
  };
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function port(): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
