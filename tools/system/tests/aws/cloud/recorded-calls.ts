import { createServer, type IncomingMessage, request as sendOn } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { FunctionNeeds } from '@slipstream/shared';
import type { Resources } from './make-resources.ts';

/** One right that a call needs: `dynamodb:GetItem table`. */
export type UsedRight = `${string} ${string}`;

/** Stands between one function and the server, and writes down the rights that its calls need. */
export interface CallRecorder {
  readonly url: string;
  readonly used: ReadonlySet<UsedRight>;
  close(): void;
}

/** Names of secrets by their ARN. */
export type SecretNames = Readonly<Record<string, string>>;

export async function recordCalls(
  target: string,
  resources: Resources,
  secrets: SecretNames = {},
): Promise<CallRecorder> {
  const used = new Set<UsedRight>();
  const { hostname, port } = new URL(target);
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      for (const right of rightsOf(request, body, resources, secrets)) used.add(right);
      const { method, url: path, headers } = request;
      const onward = sendOn(
        { hostname, port, method, path, headers: { ...headers, connection: 'close' } },
        (answer) => {
          const { connection: _, ...kept } = answer.headers;
          response.writeHead(answer.statusCode ?? 502, kept);
          answer.pipe(response);
        },
      );
      onward.on('error', () => response.destroy());
      onward.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    used,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The rights that the declaration gives. */
export function declaredRights({ aws }: FunctionNeeds): ReadonlySet<UsedRight> {
  return new Set(aws.flatMap(({ actions, resource }) => actions.map((action): UsedRight => `${action} ${resource}`)));
}

/** The rights that one request to AWS needs. */
export function rightsOf(
  request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  body: Buffer,
  resources: Resources,
  secrets: SecretNames = {},
): UsedRight[] {
  if (!isSigned(request)) return [];
  const [service = '', operation = ''] = String(request.headers['x-amz-target'] ?? '').split('.');
  if (service === '') return objectRights(request, body, resources);
  const input = Object(JSON.parse(body.toString('utf8')));
  if (service.startsWith('DynamoDB')) return recordRights(operation, input, resources.table);
  if (service === 'AmazonSQS') {
    // A batch of messages needs the right to send one.
    return [`sqs:${operation.replace(/Batch$/, '')} ${queueOf(String(input.QueueUrl ?? input.QueueName), resources)}`];
  }
  return [`${service}:${operation} secret:${secrets[String(input.SecretId)] ?? input.SecretId}`];
}

/** What nobody signed needs no right: a look at the server's clock. */
function isSigned({ headers, url = '' }: Pick<IncomingMessage, 'url' | 'headers'>): boolean {
  return headers.authorization !== undefined || url.includes('X-Amz-Signature=');
}

/** A transaction needs the rights of its parts. */
const TRANSACTED: Readonly<Record<string, string>> = {
  ConditionCheck: 'ConditionCheckItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
};

function recordRights(operation: string, input: Record<string, unknown>, table: string): UsedRight[] {
  if (operation === 'TransactWriteItems') {
    const items = Array.isArray(input.TransactItems) ? input.TransactItems : [];
    return items.flatMap((item) => Object.keys(item)).map((kind): UsedRight => `dynamodb:${TRANSACTED[kind]} table`);
  }
  const role = input.TableName === table ? 'table' : String(input.TableName);
  return [`dynamodb:${operation} ${input.IndexName ? 'table-index' : role}`];
}

const OBJECT_ACTIONS: Readonly<Record<string, string>> = {
  GET: 'GetObject',
  HEAD: 'GetObject',
  PUT: 'PutObject',
  DELETE: 'DeleteObject',
};

/** Path style: /bucket/key. */
function objectRights(
  { method = '', url = '' }: Pick<IncomingMessage, 'method' | 'url'>,
  body: Buffer,
  resources: Resources,
): UsedRight[] {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const [, bucket = '', folder = '', ...rest] = pathname.split('/');
  const role =
    bucket === resources.raw_bucket
      ? 'raw-bucket'
      : bucket === resources.artifacts_bucket
        ? 'artifacts-bucket'
        : bucket;
  if (method === 'POST' && searchParams.has('delete')) return versionRights(role, body);
  if (rest.length > 0) return [`s3:${OBJECT_ACTIONS[method]} ${role}/${folder}/*`];
  return [`s3:${searchParams.has('versions') ? 'ListBucketVersions' : 'ListBucket'} ${role}`];
}

/** Each version that a request deletes needs the right to, where its key is. */
function versionRights(role: string, body: Buffer): UsedRight[] {
  const objects = body.toString('utf8').match(/<Object>.*?<\/Object>/gs) ?? [];
  return objects.map((object): UsedRight => {
    const [, folder = ''] = /<Key>([^/<]+)/.exec(object) ?? [];
    const action = object.includes('<VersionId>') ? 'DeleteObjectVersion' : 'DeleteObject';
    return `s3:${action} ${role}/${folder}/*`;
  });
}

/** A call names its queue by its URL or, to ask for that, by its name. */
function queueOf(urlOrName: string, { queues }: Resources): string {
  const nameOf = (text: string) => text.split('/').at(-1);
  for (const [name, queue] of Object.entries(queues)) {
    if (nameOf(queue.url) === nameOf(urlOrName)) return name;
    if (nameOf(queue.deadUrl) === nameOf(urlOrName)) return `${name}-dead`;
  }
  return urlOrName;
}
