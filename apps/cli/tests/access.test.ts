import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clientPart, openApiDocument } from '@slipstream/api-contract/openapi';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { end, runSlipstream, spawnSlipstream } from './dev-process.ts';
import { png } from './png.ts';

interface Dev {
  readonly url: string;
  readonly browser_url: string;
}

let folder = '';
let data = '';
let dev: Dev;
let child: ReturnType<typeof spawnSlipstream>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipstream-access-'));
  data = join(folder, 'data');
  // As a person makes it, before any program closes it.
  await mkdir(data, { mode: 0o755 });
  await chmod(data, 0o755);
  ({ child, dev } = await start());
}, 30_000);
afterAll(async () => {
  await end(child, 'SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

async function start(): Promise<{ child: ReturnType<typeof spawnSlipstream>; dev: Dev }> {
  const started = spawnSlipstream(['dev', '--json', '--data', data, '--port', '0', '--engine', 'null']);
  const printed = await new Promise<string>((resolve, reject) => {
    let out = '';
    started.stdout?.on('data', (chunk) => {
      out += chunk;
      if (out.includes('}')) resolve(out);
    });
    started.once('exit', (code) => reject(new Error(`slipstream dev ended with ${code}`)));
  });
  return { child: started, dev: JSON.parse(printed) };
}
const token = async () => (await readFile(join(data, 'api-token'), 'utf8')).trim();
const bearer = async () => ({ authorization: `Bearer ${await token()}` });
const status = async (path: string, init: RequestInit = {}) => (await fetch(`${dev.url}${path}`, init)).status;

/** With headers that fetch does not let through. */
function statusWith(method: string, path: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(`${dev.url}${path}`, { method, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    sent.on('error', reject).end();
  });
}

describe('the token of the local API', () => {
  it.each([
    ['GET', '/receipts'],
    ['GET', '/failures'],
    ['GET', '/events'],
    ['GET', '/images/7aee1585-a82d-57fe-b9e6-9ef48824255f/original'],
    ['GET', '/openapi.json'],
    ['GET', '/nothing'],
    ['POST', '/images'],
    ['POST', '/uploads'],
    ['POST', '/sessions'],
  ])('%s %s is refused without it, and with another', async (method, path) => {
    const answer = await fetch(`${dev.url}${path}`, { method });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect((await answer.json()) as unknown).toMatchObject({ code: 'CALLER_UNKNOWN' });
    expect(await status(path, { method, headers: { authorization: `Bearer ${'A'.repeat(43)}` } })).toBe(401);
    expect(await status(path, { method, headers: { cookie: `slipstream_${new URL(dev.url).port}=x` } })).toBe(401);
  });

  it('lies in a file that only its owner reads, and opens the API to programs', async () => {
    expect((await stat(join(data, 'api-token'))).mode & 0o777).toBe(0o600);
    expect(await status('/receipts', { headers: await bearer() })).toBe(200);
    const body = Buffer.from(png('token'));
    expect(await status('/images', { method: 'POST', headers: await bearer(), body })).toBe(202);
  });

  it('opens the description of the API, which is the one that the typed client is made of', async () => {
    const served = await (await fetch(`${dev.url}/openapi.json`, { headers: await bearer() })).text();
    expect(clientPart(JSON.parse(served))).toEqual(clientPart(JSON.parse(JSON.stringify(openApiDocument()))));
  });

  it('health says to strangers only that it works', async () => {
    expect(await (await fetch(`${dev.url}/health`)).json()).toEqual({ status: 'ok' });
    const whole = await (await fetch(`${dev.url}/health`, { headers: await bearer() })).json();
    expect(whole).toMatchObject({ status: 'ok', queues: expect.any(Object) });
  });

  it('the printed address opens one browser, once', async () => {
    const opened = await fetch(dev.browser_url, { redirect: 'manual' });
    expect(opened.status).toBe(303);
    expect(opened.headers.get('location')).toBe('/');
    const cookie = opened.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/; HttpOnly; SameSite=Strict/);
    expect(cookie).not.toContain(await token());
    const session = cookie.split(';')[0] ?? '';
    expect(await status('/receipts', { headers: { cookie: `other=1; ${session}` } })).toBe(200);
    expect((await fetch(dev.browser_url, { redirect: 'manual' })).status).toBe(401);
  });

  it('slipstream open prints another address', async () => {
    const { out } = await runSlipstream('open', '--data', data);
    expect(out.trim()).not.toBe(dev.browser_url);
    expect((await fetch(out.trim(), { redirect: 'manual' })).status).toBe(303);
  });

  it('outlives a restart', async () => {
    const before = await token();
    await end(child, 'SIGTERM');
    ({ child, dev } = await start());
    expect(await token()).toBe(before);
  });
});

describe('where requests come from', () => {
  it('no other origin, not even another port of this machine, and no other name', async () => {
    const { port } = new URL(dev.url);
    const own = await bearer();
    for (const origin of [
      'https://example.com',
      'http://localhost:5173',
      'http://127.0.0.1',
      `https://127.0.0.1:${port}`,
      `http://127.0.0.1:${port}.example.com`,
      `http://localhost:${port}/`,
      'null',
    ]) {
      expect(await statusWith('POST', '/images', { ...own, origin }), origin).toBe(403);
      expect(await statusWith('GET', '/receipts', { ...own, origin }), origin).toBe(403);
    }
    expect(await statusWith('GET', '/receipts', { ...own, host: `example.com:${port}` })).toBe(403);
    expect(await statusWith('GET', '/receipts', { ...own, host: `127.0.0.1.example.com:${port}` })).toBe(403);
    for (const name of ['127.0.0.1', 'localhost'])
      expect(await statusWith('GET', '/receipts', { ...own, origin: `http://${name}:${port}` })).toBe(200);
  });
});

describe('modes', () => {
  it('nothing in the data folder is open to other users, though the folder was', async () => {
    for (const name of ['.', ...(await readdir(data, { recursive: true }))]) {
      const { mode } = await stat(join(data, name));
      expect((mode & 0o077).toString(8), name).toBe('0');
    }
  });

  it('what an older version left open is closed with the next start', async () => {
    await end(child, 'SIGTERM');
    await chmod(join(data, 'slipstream.db'), 0o644);
    await chmod(data, 0o755);
    await mkdir(join(data, 'index'), { recursive: true });
    await writeFile(join(data, 'index', 'old'), '');
    await chmod(join(data, 'index', 'old'), 0o644);
    expect((await runSlipstream('list', '--data', data)).code).toBe(0);
    for (const name of ['.', 'slipstream.db', 'index/old'])
      expect(((await stat(join(data, name))).mode & 0o077).toString(8), name).toBe('0');
  });
});
