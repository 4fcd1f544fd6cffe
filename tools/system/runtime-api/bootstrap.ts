import type { IncomingMessage } from 'node:http';

/**
 * The runtime inside the child process: what `nodejs24.x` does between the Runtime API and the handler. AWS's own
 * (npm aws-lambda-ric) builds a native HTTP client when it is installed, so it is not used.
 */
const [HOST, PORT] = (process.env.AWS_LAMBDA_RUNTIME_API ?? '').split(':');
const RUNTIME = '/2018-06-01/runtime';
// Not imported: the runtime must not load for a bundle what the bundle would else load itself.
const { Agent, request } = process.getBuiltinModule('node:http');
const { pathToFileURL } = process.getBuiltinModule('node:url');
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

type Handler = (event: unknown, context: object) => Promise<unknown>;

interface Answer {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

function call(method: 'GET' | 'POST', path: string, body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: HOST, port: PORT, agent, method, path: `${RUNTIME}${path}` }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks).toString('utf8') }));
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

function described(error: unknown): string {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  return JSON.stringify({ errorType: name, errorMessage: message, trace: stack?.split('\n') ?? [] });
}

async function load(): Promise<Handler> {
  const [file, name = ''] = (process.env._HANDLER ?? '').split('.');
  const module: Record<string, unknown> = await import(
    pathToFileURL(`${process.env.LAMBDA_TASK_ROOT}/${file}.mjs`).href
  );
  const handler = module[name];
  if (typeof handler !== 'function') throw new Error(`${process.env._HANDLER} is undefined or not exported`);
  return async (event, context) => handler(event, context);
}

function contextOf(headers: IncomingMessage['headers']): object {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  return {
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
}

async function loop(handler: Handler): Promise<never> {
  for (;;) {
    const { headers, body } = await call('GET', '/invocation/next');
    const path = `/invocation/${headers['lambda-runtime-aws-request-id']}`;
    try {
      const result = await handler(JSON.parse(body), contextOf(headers));
      await call('POST', `${path}/response`, JSON.stringify(result ?? null));
    } catch (error) {
      await call('POST', `${path}/error`, described(error));
    }
  }
}

try {
  await loop(await load());
} catch (error) {
  await call('POST', '/init/error', described(error));
  process.exitCode = 1;
}
