import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { type Outcome, PAYLOAD_BYTES_MAX } from '../invocation.ts';
import type { CallableFunction } from '../local-function.ts';

export interface InvokeFront {
  /** For `AWS_ENDPOINT_URL_LAMBDA`. */
  readonly url: string;
  close(): Promise<void>;
}

/** Lambda's Invoke API (2015-03-31) in front of functions, each under its name or an ARN that ends with it. Synchronous only. */
export async function serveInvocations(functions: readonly CallableFunction[]): Promise<InvokeFront> {
  const byName = new Map(functions.map((target) => [target.name, target]));
  const server = createServer((request, response) => {
    answer(byName, request, response).catch((error) => refuse(response, 500, 'ServiceException', String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const PATH = /^\/2015-03-31\/functions\/([^/?]+)\/invocations(\?|$)/;

async function answer(
  functions: ReadonlyMap<string, CallableFunction>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const asked = decodeURIComponent(PATH.exec(request.url ?? '')?.[1] ?? '');
  const target = functions.get(nameOf(asked));
  if (target === undefined) {
    return refuse(response, 404, 'ResourceNotFoundException', `Function not found: ${asked}`);
  }
  const body = await buffer(request);
  if (body.byteLength > PAYLOAD_BYTES_MAX) {
    return refuse(response, 413, 'RequestTooLargeException', `A request has at most ${PAYLOAD_BYTES_MAX} bytes.`);
  }
  const event = eventOf(body);
  if (event === undefined) {
    return refuse(response, 400, 'InvalidRequestContentException', 'Could not parse request body into json');
  }
  const { outcome } = await target.invoke(event.json);
  const isError = outcome.kind !== 'returned';
  response.writeHead(200, {
    'content-type': 'application/json',
    'x-amz-executed-version': '1',
    ...(isError ? { 'x-amz-function-error': 'Unhandled' } : {}),
  });
  response.end(JSON.stringify(isError ? errorOf(outcome) : (outcome.payload ?? null)));
}

/** `name`, `name:live`, or `arn:aws:lambda:region:account:function:name:live`. */
function nameOf(asked: string): string {
  const parts = asked.split(':');
  return (parts[0] === 'arn' ? parts[6] : parts[0]) ?? '';
}

/** An empty body is no event; undefined for what is no JSON. */
function eventOf(body: Buffer): { readonly json: unknown } | undefined {
  if (body.byteLength === 0) return { json: {} };
  try {
    return { json: JSON.parse(body.toString('utf8')) };
  } catch {
    return undefined;
  }
}

/** As Lambda words what became of a failed invocation. */
function errorOf(outcome: Exclude<Outcome, { kind: 'returned' }>): {
  readonly errorType: string;
  readonly errorMessage: string;
} {
  switch (outcome.kind) {
    case 'failed':
      return { errorType: outcome.error_type, errorMessage: outcome.message };
    case 'timed_out':
      return {
        errorType: 'Sandbox.Timedout',
        errorMessage: `Task timed out after ${outcome.timeout_ms / 1_000} seconds`,
      };
    case 'exited':
      return { errorType: 'Runtime.ExitError', errorMessage: `Runtime exited: ${outcome.how}` };
  }
}

function refuse(response: ServerResponse, status: number, type: string, Message: string): void {
  response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': type });
  response.end(JSON.stringify({ Type: 'User', Message }));
}
