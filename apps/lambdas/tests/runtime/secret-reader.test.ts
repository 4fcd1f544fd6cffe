import { createServer, type Server } from 'node:http';
import { createLogger } from '@slipstream/runtime';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSecretReader } from '../../src/runtime/secret-reader.ts';

/** A server that speaks Secrets Manager's protocol and holds one secret. */
let server: Server;
let secret: string | null;
let refusal: string;
let asked: number;
const logged: string[] = [];

beforeEach(async () => {
  [secret, asked, refusal] = ['sk-old', 0, 'none'];
  logged.length = 0;
  server = createServer((request, response) => {
    asked += 1;
    request.resume();
    const isThere = secret !== null;
    const body = isThere ? { SecretString: secret } : { __type: 'ResourceNotFoundException', message: refusal };
    response.writeHead(isThere ? 200 : 400, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${Object(server.address()).port}`);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  vi.stubEnv('TEST_SECRET_ARN', 'arn:aws:secretsmanager:us-east-1:000000000000:secret:openai');
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
});
const reader = () =>
  createSecretReader({
    variable: 'TEST_SECRET_ARN',
    field: 'api_key',
    logger: createLogger({ name: 'test', level: 'info', destination: { write: (line) => void logged.push(line) } }),
  });

describe('a secret', () => {
  it('is read once and kept; a rotated one is known after five minutes', async () => {
    const read = reader();
    expect([await read(false), await read(false)]).toEqual(['sk-old', 'sk-old']);
    expect(asked).toBe(1);
    secret = 'sk-new';
    vi.setSystemTime(Date.now() + 299_000);
    expect(await read(false)).toBe('sk-old');
    vi.setSystemTime(Date.now() + 2_000);
    expect(await read(false)).toBe('sk-new');
    expect(asked).toBe(2);
  });

  it('that was refused is read again at once', async () => {
    const read = reader();
    await read(false);
    secret = 'sk-new';
    expect(await read(true)).toBe('sk-new');
    expect(await read(false)).toBe('sk-new');
  });

  it.each([
    ['sk-plain\n', 'sk-plain'],
    ['{"api_key": "sk-json"}', 'sk-json'],
    ['{"another": "x"}', null],
    ['{"api_key": ""}', null],
    ['{broken', null],
    [' ', null],
  ])('stored as %j is %j', async (stored, value) => {
    secret = stored;
    expect(await reader()(false)).toBe(value);
  });

  it('that is not there, or that nobody named, is none: no error', async () => {
    secret = null;
    expect(await reader()(false)).toBeNull();
    expect(logged.join()).toContain('a secret could not be read');
    vi.stubEnv('TEST_SECRET_ARN', '');
    expect(await reader()(false)).toBeNull();
  });

  it('that a deploy made and nobody gave a value is none, without an error, and is asked for each five minutes', async () => {
    secret = null;
    refusal = "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT";
    const read = reader();
    expect([await read(false), await read(false)]).toEqual([null, null]);
    expect(asked).toBe(1);
    expect(logged.map((line) => JSON.parse(line).level)).toEqual(['info']);
    secret = 'sk-first';
    vi.setSystemTime(Date.now() + 301_000);
    expect(await read(false)).toBe('sk-first');
  });

  it('is in no log line', async () => {
    await reader()(false);
    expect(logged.join()).not.toContain('sk-old');
  });
});
