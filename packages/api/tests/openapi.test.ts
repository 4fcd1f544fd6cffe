import { createConfig, lintFromString } from '@redocly/openapi-core';
import { clientPart, openApiDocument } from '@slipstream/api-contract/openapi';
import { openTestHome, type TestHome } from '@slipstream/pipeline/testing';
import { LOCAL_GRANT } from '@slipstream/shared';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createApi } from '../src/create-api.ts';

interface Operation {
  readonly operationId?: string;
  readonly security?: readonly unknown[];
  readonly responses: Readonly<Record<string, unknown>>;
}
interface Description {
  readonly servers: readonly { readonly url: string }[];
  readonly security: readonly unknown[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

let home: TestHome;
let text: string;
let description: Description;
beforeEach(async () => {
  home = await openTestHome();
  const api = createApi({ ...home, imageBytesMax: 10_000, grant: () => LOCAL_GRANT });
  text = await (await api.request('http://127.0.0.1:3737/openapi.json')).text();
  description = JSON.parse(text);
});
afterEach(() => home.close());

it('a linter for OpenAPI finds nothing', async () => {
  const config = await createConfig({ extends: ['recommended'], rules: { 'no-server-example.com': 'off' } });
  const problems = await lintFromString({ source: text, absoluteRef: 'openapi.json', config });
  expect(problems.map(({ ruleId, message, location: [at] }) => `${ruleId}: ${message} ${at?.pointer ?? ''}`)).toEqual(
    [],
  );
});

it('every operation has an id of its own, and every answer is described', () => {
  const operations = Object.values(description.paths).flatMap((path) => Object.values(path));
  const ids = operations.map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(operations.length);
  expect(ids).not.toContain(undefined);
  for (const { responses } of operations)
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(['4XX', '5XX']));
});

it('names the server it came from, its token, and which route needs none', () => {
  expect(description.servers).toEqual([{ url: 'http://127.0.0.1:3737' }]);
  expect(description.security).toEqual([{ token: [] }]);
  expect(description.paths['/health']?.get?.security).toEqual([]);
});

it('has every route: photographs, receipts, events, health', () => {
  expect(Object.keys(description.paths).sort()).toEqual([
    '/events',
    '/failures',
    '/failures/{image_id}',
    '/health',
    '/images',
    '/images/{image_id}',
    '/images/{image_id}/original',
    '/images/{image_id}/pages/{page}',
    '/images/{image_id}/reprocess',
    '/images/{image_id}/text',
    '/receipts',
    '/receipts/{image_id}/{receipt_id}',
    '/receipts/{image_id}/{receipt_id}/history',
    '/spending',
    '/uploads',
  ]);
});

it('is what the typed client is made of: operations, parameters, bodies, answers and schemas', () => {
  const { schemas, operations } = clientPart(JSON.parse(JSON.stringify(openApiDocument())));
  expect(Object.keys(operations).length).toBeGreaterThan(10);
  expect(clientPart(JSON.parse(text))).toEqual({ schemas, operations });
});
