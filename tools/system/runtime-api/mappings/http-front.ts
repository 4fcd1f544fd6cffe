import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { PAYLOAD_BYTES_MAX } from '../invocation.ts';
import type { CallableFunction } from '../local-function.ts';

export interface HttpFrontOptions {
  readonly target: CallableFunction;
  /** The JWT authorizer: the claims of a caller, or null for one who is nobody; `open` on a route that asks for no token. */
  readonly claimsOf: (request: IncomingMessage) => Claims | Promise<Claims>;
}

type Claims = Readonly<Record<string, string>> | 'open' | null;

export interface HttpFront {
  readonly url: string;
  close(): Promise<void>;
}

/** An HTTP API with the payload format 2.0 and its limit of 10 MB, in front of one function. */
export async function serveFunction(options: HttpFrontOptions): Promise<HttpFront> {
  const server = createServer((request, response) => {
    answer(options, request, response).catch((error) => send(response, 502, { message: String(error) }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const BODY_BYTES_MAX = 10_485_760;
/** These bodies stay text in the event; all others are base64. */
const TEXT_TYPES = /^(text\/|application\/(json|javascript|xml|.*\+json|x-www-form-urlencoded))/;

async function answer(options: HttpFrontOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const claims = await options.claimsOf(request);
  if (claims === null) return send(response, 401, { message: 'Unauthorized' });
  const body = await buffer(request);
  const event = eventOf(request, body, claims);
  if (body.byteLength > BODY_BYTES_MAX || JSON.stringify(event).length > PAYLOAD_BYTES_MAX) {
    return send(response, 413, { message: 'Request Entity Too Large' });
  }
  const { outcome } = await options.target.invoke(event);
  const isTooLarge = JSON.stringify(outcome).length > PAYLOAD_BYTES_MAX;
  if (outcome.kind !== 'returned' || isTooLarge) return send(response, 500, { message: 'Internal Server Error' });
  const result: APIGatewayProxyStructuredResultV2 = Object(outcome.payload);
  response.writeHead(
    result.statusCode ?? 200,
    Object.entries(result.headers ?? {}).flatMap(([k, v]) => [k, String(v)]),
  );
  response.end(Buffer.from(result.body ?? '', result.isBase64Encoded ? 'base64' : 'utf8'));
}

function eventOf(request: IncomingMessage, body: Buffer, claims: NonNullable<Claims>): object {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const method = request.method ?? 'GET';
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  const isBase64Encoded = body.byteLength > 0 && !TEXT_TYPES.test(headers['content-type'] ?? '');
  const query = Object.fromEntries(url.searchParams);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    headers,
    ...(url.search ? { queryStringParameters: query } : {}),
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      ...(claims === 'open' ? {} : { authorizer: { jwt: { claims, scopes: null } } }),
      domainName: 'localhost',
      domainPrefix: 'localhost',
      http: { method, path: url.pathname, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: '' },
      requestId: crypto.randomUUID(),
      routeKey: '$default',
      stage: '$default',
      time: new Date().toISOString(),
      timeEpoch: Date.now(),
    },
    ...(body.byteLength > 0 ? { body: body.toString(isBase64Encoded ? 'base64' : 'utf8') } : {}),
    isBase64Encoded,
  };
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
