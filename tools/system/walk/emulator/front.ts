import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { ACCOUNT_SETTINGS_PATH, answerOfAccount } from './account-api.ts';
import type { FunctionHost } from './function-host.ts';
import { MAPPING_TAGS_PATH, MAPPINGS_PATH, MappingsApi } from './mappings-api.ts';
import type { SignIn } from './sign-in.ts';

export interface FrontParts {
  readonly moto: string;
  readonly port: number;
  readonly host: FunctionHost;
  readonly signIn: SignIn;
  /** Of Lambda's Invoke API. */
  readonly invokeUrl: () => string;
  /** Where the deployed HTTP API answers. */
  readonly apiUrl: () => string;
}

export interface Front {
  /** Passwords that Cognito would have mailed, by address. */
  readonly mailbox: ReadonlyMap<string, string>;
  /** From now on Amazon has a newer image than the one that was deployed. */
  publishImage(): void;
  close(): void;
}

const INVOKE_PATH = /^\/2015-03-31\/functions\/[^/]+\/invocations/;
const HTTP_APIS_PATH = /^\/v2\/apis(\/[a-z0-9]+)?$/;
const COGNITO = 'AWSCognitoIdentityProviderService.';
const NEWER_IMAGE = { id: 'ami-0fffffffffffffff0', version: 2 };

/** AWS's one address: moto, and before it what runs code, signs people in, or knows the API's address on the loopback. */
export async function startFront(parts: FrontParts): Promise<Front> {
  const mappings = new MappingsApi(parts.host);
  const mailbox = new Map<string, string>();
  let hasNewerImage = false;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/';
    const target = String(request.headers['x-amz-target'] ?? '');
    if (INVOKE_PATH.test(path)) return pass(parts.invokeUrl(), request, response, await buffer(request));
    const mapping = MAPPINGS_PATH.exec(path);
    if (mapping) {
      const body = await buffer(request);
      const { status, body: made } = await mappings.answer(request.method ?? '', mapping[1] ?? '', jsonOf(body));
      return json(response, status, made);
    }
    const tagged = MAPPING_TAGS_PATH.exec(path);
    if (tagged) return json(response, 200, mappings.tags(tagged[1] ?? '').body);
    // Large bodies (zips, photographs) stream through.
    if (!target && !HTTP_APIS_PATH.test(path) && !ACCOUNT_SETTINGS_PATH.test(path))
      return pass(parts.moto, request, response, request);
    const body = await buffer(request);
    const ofAccount = answerOfAccount(path, target, jsonOf(body));
    if (ofAccount) return json(response, ofAccount.status, ofAccount.body);
    if (target === `${COGNITO}AdminCreateUser`) return mailed(request, response, jsonOf(body));
    if (target === `${COGNITO}AdminInitiateAuth`) return signedIn(request, response, body);
    if (target === 'AmazonSSM.GetParameter' && hasNewerImage) return newerImage(request, response, body);
    if (HTTP_APIS_PATH.test(path)) return withAddress(request, response, body);
    return pass(parts.moto, request, response, body);
  }

  /** Cognito makes up a password where none is given, and mails it. */
  function mailed(request: IncomingMessage, response: ServerResponse, body: Record<string, unknown>): Promise<void> {
    const TemporaryPassword = `Aa1${randomBytes(12).toString('hex')}`;
    if (body.MessageAction !== 'SUPPRESS') mailbox.set(String(body.Username), TemporaryPassword);
    return pass(parts.moto, request, response, Buffer.from(JSON.stringify({ TemporaryPassword, ...body })));
  }

  async function signedIn(request: IncomingMessage, response: ServerResponse, body: Buffer): Promise<void> {
    const { status, headers, text } = await fetchFrom(parts.moto, request, body);
    const answered = jsonOf(Buffer.from(text));
    const { AuthParameters } = jsonOf(body);
    if (status === 200 && answered.AuthenticationResult)
      answered.AuthenticationResult = await parts.signIn.tokensFor(String(Object(AuthParameters).USERNAME));
    response.writeHead(status, { 'content-type': headers['content-type'] ?? 'application/json' });
    response.end(JSON.stringify(answered));
  }

  async function newerImage(request: IncomingMessage, response: ServerResponse, body: Buffer): Promise<void> {
    const { status, text } = await fetchFrom(parts.moto, request, body);
    const answered = jsonOf(Buffer.from(text));
    const { Parameter } = answered;
    if (/al2023-ami/.test(String(Object(Parameter).Name)))
      answered.Parameter = { ...Object(Parameter), Value: NEWER_IMAGE.id, Version: NEWER_IMAGE.version };
    json(response, status, answered);
  }

  async function withAddress(request: IncomingMessage, response: ServerResponse, body: Buffer): Promise<void> {
    const { status, text } = await fetchFrom(parts.moto, request, body);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(text.replaceAll(/("apiEndpoint":\s*)"[^"]*"/g, `$1"${parts.apiUrl()}"`));
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      if (!response.headersSent) response.writeHead(502, { 'content-type': 'text/plain' });
      response.end(String(error));
    });
  });
  server.requestTimeout = 0;
  await new Promise<void>((resolve) => server.listen(parts.port, '127.0.0.1', resolve));
  return {
    mailbox,
    publishImage: () => {
      hasNewerImage = true;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function pass(
  base: string,
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer | IncomingMessage,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const passed = send(optionsOf(base, request, body), (answered) => {
      response.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(response);
      answered.once('end', resolve);
      answered.once('error', reject);
    });
    passed.once('error', reject);
    response.once('close', () => passed.destroy());
    if (Buffer.isBuffer(body)) passed.end(body);
    else body.pipe(passed);
  });
}

function fetchFrom(base: string, request: IncomingMessage, body: Buffer) {
  return new Promise<{ status: number; headers: IncomingMessage['headers']; text: string }>((resolve, reject) => {
    const passed = send(optionsOf(base, request, body), async (answered) => {
      const text = (await buffer(answered)).toString('utf8');
      resolve({ status: answered.statusCode ?? 502, headers: answered.headers, text });
    });
    passed.once('error', reject);
    passed.end(body);
  });
}

/** The host stays as it was asked: moto makes addresses of it. */
function optionsOf(base: string, request: IncomingMessage, body: Buffer | IncomingMessage) {
  const { hostname, port } = new URL(base);
  const length = Buffer.isBuffer(body) ? { 'content-length': String(body.byteLength) } : {};
  const { 'content-length': given, 'transfer-encoding': chunked, ...headers } = request.headers;
  const kept = Buffer.isBuffer(body)
    ? length
    : { ...(given ? { 'content-length': given } : {}), ...(chunked ? { 'transfer-encoding': chunked } : {}) };
  return { hostname, port, method: request.method, path: request.url, headers: { ...headers, ...kept } };
}

function jsonOf(body: Buffer): Record<string, unknown> {
  return body.byteLength === 0 ? {} : Object(JSON.parse(body.toString('utf8')));
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
