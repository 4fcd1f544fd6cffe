import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { typesOfDocument } from '../scripts/types-of-document.ts';
import { createClient } from '../src/client/index.ts';
import { openApiDocument } from '../src/openapi/openapi-document.ts';

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));

it('is made of the OpenAPI document as the routes have it: npm run client -w @slipstream/api-contract', () => {
  expect(readFileSync(file('../src/client/api-types.ts'), 'utf8')).toBe(typesOfDocument(openApiDocument()));
});

it('runs in a browser, and weighs at most 5 KB there', async () => {
  const bundled = await build({
    entryPoints: [file('../src/client/index.ts')],
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'esm',
    write: false,
    logLevel: 'silent',
  });
  expect(gzipSync(bundled.outputFiles[0]?.text ?? '').length).toBeLessThan(5_000);
});

it('names the path, its parameters and its query', async () => {
  const asked: string[] = [];
  const client = createClient({
    baseUrl: 'https://api.example/base',
    fetch: async (request) => {
      asked.push(`${request.method} ${request.url}`);
      return Response.json({ receipts: [], cursor: null });
    },
  });
  await client.GET('/images/{image_id}', { params: { path: { image_id: 'a b' } } });
  const { data } = await client.GET('/receipts', { params: { query: { limit: 2, from: '2026-01-01' } } });
  const cursor: string | null | undefined = data?.cursor;
  expect(cursor).toBeNull();
  expect(asked).toEqual([
    'GET https://api.example/base/images/a%20b',
    'GET https://api.example/base/receipts?limit=2&from=2026-01-01',
  ]);
});

it('refuses a keyword whose type it does not know', () => {
  const components = { schemas: { Odd: { type: 'string', not: {} } } };
  expect(() => typesOfDocument({ components })).toThrow('not');
});
