import { openTestHome, png, type TestHome } from '@slipstream/pipeline/testing';
import { sha256Hex } from '@slipstream/runtime';
import { imageIdOf, LOCAL_GRANT } from '@slipstream/shared';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createApi } from '../src/create-api.ts';

let home: TestHome;
let api: ReturnType<typeof createApi>;
beforeEach(async () => {
  home = await openTestHome();
  api = createApi({ ...home, imageBytesMax: 10_000, grant: () => LOCAL_GRANT });
});
afterEach(() => home.close());

const problemOf = async (response: Response) => {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  return (await response.json()) as { code: string; status: number; detail: string };
};

it.each(['{', '', '{"sha256":', '\u0000'])('JSON that is broken (%j) is the caller’s fault', async (body) => {
  const headers = { 'content-type': 'application/json' };
  const problem = await problemOf(await api.request('/uploads', { method: 'POST', headers, body }));
  expect(problem).toMatchObject({ status: 400, code: 'REQUEST_INVALID' });
});

it('an unknown path is a problem that names what there is', async () => {
  for (const path of ['/nothing', '/', '/images/x/y/z'])
    expect(await problemOf(await api.request(path))).toMatchObject({ status: 404, code: 'NOT_FOUND' });
});

it.each([
  ['DELETE', '/images', 'GET, HEAD, POST'],
  ['POST', '/receipts', 'GET, HEAD'],
  ['GET', '/uploads', 'POST'],
  ['PATCH', '/images/0/reprocess', 'POST'],
  ['PUT', '/health', 'GET, HEAD'],
])('%s %s is refused with what the path takes', async (method, path, allow) => {
  const response = await api.request(path, { method });
  expect(await problemOf(response)).toMatchObject({ status: 405, code: 'METHOD_NOT_ALLOWED' });
  expect(response.headers.get('allow')?.split(', ').sort()).toEqual(allow.split(', ').sort());
});

it.each(['text/plain', 'application/json', 'text/html; charset=utf-8'])(
  'a body of %s is refused, with the right curl',
  async (type) => {
    const response = await api.request('/images', { method: 'POST', headers: { 'content-type': type }, body: 'x' });
    expect(await problemOf(response)).toMatchObject({
      status: 415,
      code: 'MEDIA_TYPE_UNSUPPORTED',
      detail: expect.stringContaining('curl --data-binary @receipt.jpg'),
    });
  },
);

it.each(['', 'image/png', 'application/pdf', 'application/octet-stream', 'application/x-www-form-urlencoded'])(
  'a file is taken as the body, under the type %j',
  async (type) => {
    const headers: Record<string, string> = type ? { 'content-type': type } : {};
    const body = Buffer.from(png('a'));
    expect((await api.request('/images', { method: 'POST', headers, body })).status).toBe(202);
  },
);

it('a file is taken out of a form, with its name', async () => {
  const body = new FormData();
  body.append('file', new File([Buffer.from(png('a'))], 'cafe.png', { type: 'image/png' }));
  const response = await api.request('/images', { method: 'POST', body });
  const image_id = imageIdOf(sha256Hex(png('a')));
  expect([response.status, await response.json()]).toEqual([202, { image_id, created: true }]);
  expect(await home.uploads.get(image_id, 'local')).toMatchObject({ file_name: 'cafe.png' });
});

it('a form without a file, with two, or cut off, says what to send', async () => {
  const none = new FormData();
  none.append('file', 'receipt.jpg');
  const two = new FormData();
  for (const name of ['a', 'b']) two.append(name, new File([Buffer.from(png(name))], name));
  const headers = { 'content-type': 'multipart/form-data; boundary=x' };
  for (const init of [{ body: none }, { body: two }, { body: '--x\r\nContent-Dispo', headers }]) {
    const problem = await problemOf(await api.request('/images', { method: 'POST', ...init }));
    expect(problem).toMatchObject({ status: 400, detail: expect.stringContaining('curl -F file=@receipt.jpg') });
  }
});

it('a form’s file has the same limit as a body', async () => {
  const body = new FormData();
  body.append('file', new File([Buffer.alloc(30_000, 1)], 'large.png'));
  const form = new Response(body);
  const init = { method: 'POST', headers: form.headers, body: await form.arrayBuffer() };
  expect(await problemOf(await api.request('/images', init))).toMatchObject({ status: 413 });
});

it('an announcement that is no JSON is refused by its type', async () => {
  const headers = { 'content-type': 'text/plain' };
  const response = await api.request('/uploads', { method: 'POST', headers, body: '{}' });
  expect(await problemOf(response)).toMatchObject({ status: 415 });
});
