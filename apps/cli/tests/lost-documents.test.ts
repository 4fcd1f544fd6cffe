import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, sha256Hex } from '@slipstream/runtime';
import { imageIdOf } from '@slipstream/shared';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openHome } from '../src/home/open-home.ts';
import { end, runSlipstream, startDev } from './dev-process.ts';
import { png } from './png.ts';

/** Four receipts, of which one has lost its document, one has a torn one, and one has lost what the engine read. */
const NAMES = ['well', 'lost', 'torn', 'unread'] as const;
const idOf = (name: (typeof NAMES)[number]) => imageIdOf(sha256Hex(png(name)));
let folder = '';
let data = '';
const slipstream = (...args: string[]) => runSlipstream(...args, '--data', data);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipstream-lost-documents-'));
  data = join(folder, 'data');
  const dev = await startDev(data, '--engine', 'null');
  const files = NAMES.map((name) => join(folder, `${name}.png`));
  for (const [n, name] of NAMES.entries()) await writeFile(files[n] ?? '', png(name));
  await slipstream('submit', ...files, '--wait');
  await vi.waitFor(
    async () => {
      const status = await slipstream('index', 'status', '--json');
      expect(JSON.parse(status.out)).toMatchObject([{ published: { rows: 4 * NAMES.length } }]);
    },
    { timeout: 30_000, interval: 200 },
  );
  await end(dev.child, 'SIGTERM');
  const home = await openHome(data, createLogger({ name: 'test', level: 'silent' }));
  const keyOf = async (name: (typeof NAMES)[number]) => (await home.receipts.get(idOf(name), '00001'))?.object_key;
  await home.artifacts.delete((await keyOf('lost')) ?? '');
  await home.artifacts.put((await keyOf('torn')) ?? '', Buffer.from('half of'));
  const job = (await home.jobs.current(idOf('unread')))?.job;
  await home.artifacts.delete(job?.document_key ?? '');
  await home.close();
}, 90_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

it('lists go on, and show says which document is lost', async () => {
  const { code, out } = await slipstream('list', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out).receipts).toHaveLength(NAMES.length);
  expect((await slipstream('merchants', 'list')).code).toBe(0);
  for (const name of ['lost', 'torn'] as const) {
    const shown = await slipstream('show', `${idOf(name)}/1`);
    expect(shown.code).toBe(1);
    expect(shown.err).toContain(idOf(name));
  }
  expect((await slipstream('show', `${idOf('well')}/1`)).code).toBe(0);
});

it.each(['json', 'csv'])('an export as %s has all the others, whole, and names those it left out', async (format) => {
  const { code, out, err } = await slipstream('export', '--format', format);
  expect(code).toBe(1);
  for (const name of ['lost', 'torn'] as const) expect(err).toContain(idOf(name));
  for (const name of ['well', 'unread'] as const) expect(out).toContain(idOf(name));
  if (format === 'json') expect(JSON.parse(out)).toHaveLength(2);
});

it('a rebuild of the index goes on without what the engine read of one, and says so', async () => {
  const { code, out } = await slipstream('index', 'rebuild', '--json');
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject([{ receipts: NAMES.length, rows: 12, unreadable: 1 }]);
});

it('reading the images again heals all of them', async () => {
  const dev = await startDev(data, '--engine', 'null');
  try {
    await slipstream('reprocess', ...NAMES.map(idOf));
    const exported = async () => (await slipstream('export', '--format', 'json')).out;
    await vi.waitFor(async () => expect(JSON.parse(await exported())).toHaveLength(NAMES.length), {
      timeout: 30_000,
      interval: 500,
    });
  } finally {
    await end(dev.child, 'SIGTERM');
  }
}, 60_000);
