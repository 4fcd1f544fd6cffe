import type { IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeAws, startFakeAws } from '../../bench/fake-aws.ts';
import { type HttpFront, LocalFunction, serveFunction } from '../../runtime-api/index.ts';
import { bundleOf } from './bundles.ts';

/** The built function behind an HTTP API; whoever sends `x-test-sub` has been authorized as that subject. */
let aws: FakeAws;
let api: LocalFunction;
let front: HttpFront;
const logged: string[] = [];
beforeAll(async () => {
  aws = await startFakeAws();
  api = new LocalFunction({
    name: 'api',
    bundle_dir: bundleOf('api'),
    variables: {
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL: aws.endpoint,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      DYNAMO_TABLE_NAME: 'table',
      RAW_BUCKET: 'raw',
      ARTIFACTS_BUCKET: 'artifacts',
    },
    onLog: (line) => logged.push(line),
  });
  const claimsOf = ({ headers }: IncomingMessage): Record<string, string> => ({
    ...(headers['x-test-sub'] === undefined ? {} : { sub: String(headers['x-test-sub']) }),
    ...(headers['x-test-scope'] === undefined ? {} : { scope: String(headers['x-test-scope']) }),
  });
  front = await serveFunction({ target: api, claimsOf });
});
afterAll(async () => {
  await front.close();
  api.close();
  aws.close();
});
const request = (path: string, init: RequestInit = {}) =>
  fetch(`${front.url}${path}`, { ...init, headers: { 'x-test-sub': 'ada', ...init.headers } });

describe('the API in Lambda', () => {
  it('knows nobody whose token has no subject, whatever they say of themselves', async () => {
    const headers = { authorization: 'Bearer x', 'x-amzn-oidc-identity': 'ada' };
    for (const path of ['/receipts', '/openapi.json', '/nowhere']) {
      const response = await fetch(`${front.url}${path}`, { headers });
      expect(response.status).toBe(401);
      expect(response.headers.get('content-type')).toBe('application/problem+json');
      expect(await response.json()).toMatchObject({ code: 'CALLER_UNKNOWN', status: 401 });
    }
    expect(aws.requests()).toBe(0);
  });

  it('says that it is up without a token', async () => {
    expect((await fetch(`${front.url}/health`)).status).toBe(200);
  });

  it('answers who is authorized', async () => {
    const response = await request('/images/7aee1585-a82d-57fe-b9e6-9ef48824255f');
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'NOT_FOUND' });
    expect(response.headers.get('x-correlation-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('allows what the scopes of the token name, where it names any', async () => {
    const post = (scope: string) =>
      request('/images', { method: 'POST', body: 'no image', headers: { 'x-test-scope': scope } });
    const refused = await post('openid slipstream/read');
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ code: 'FORBIDDEN' });
    expect((await post('openid slipstream/read slipstream/write')).status).not.toBe(403);
    expect((await post('openid email')).status).not.toBe(403);
  });

  it('takes a body of 4,400,000 bytes, and names POST /uploads for a larger one', async () => {
    const post = (size: number) => request('/images', { method: 'POST', body: Buffer.alloc(size, 1) });
    expect((await post(4_400_000)).status).not.toBe(413);
    const refused = await post(4_400_001);
    expect(refused.status).toBe(413);
    expect(await refused.json()).toMatchObject({ detail: expect.stringContaining('POST /uploads') });
  });

  it('writes one line a request, which is its metric too', async () => {
    logged.length = 0;
    await request('/openapi.json');
    const lines = logged.map((line) => JSON.parse(line));
    expect(lines).toMatchObject([
      { msg: 'api done', function: 'api', outcome: 'done', path: '/openapi.json', status: 200, count: 1 },
    ]);
    expect(lines[0]._aws.CloudWatchMetrics[0]).toMatchObject({
      Namespace: 'Slipstream',
      Dimensions: [['environment', 'function', 'outcome']],
    });
  });

  it('is no place for an event that is no request', async () => {
    const { outcome } = await api.invoke({ Records: [{}] });
    expect(outcome).toMatchObject({ kind: 'failed', message: expect.stringContaining('no HTTP request') });
  });
});
