import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalEmbedder } from '@slipstream/merchant-index';
import { Claimants } from '@slipstream/ocr';
import { createLogger } from '@slipstream/runtime';
import { recordKeys } from '@slipstream/shared';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openHomeVectors } from '../src/home/home-vectors.ts';
import { type Home, openHome } from '../src/home/open-home.ts';
import { end, runSlipstream, spawnSlipstream, startDev } from './dev-process.ts';
import { png } from './png.ts';

/** A home with receipts that nothing works on any more, driven by the built program. */
let folder = '';
let data = '';
const slipstream = (...args: string[]) => runSlipstream(...args, '--data', data);
const json = async (...args: string[]) => JSON.parse((await slipstream(...args, '--json')).out);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipstream-index-verbs-'));
  data = join(folder, 'data');
  const dev = await startDev(data, '--engine', 'null');
  const files = await Promise.all(
    ['one', 'two', 'three'].map(async (name) => {
      await writeFile(join(folder, `${name}.png`), png(name));
      return join(folder, `${name}.png`);
    }),
  );
  await slipstream('submit', ...files, '--wait');
  await vi.waitFor(async () => expect(await json('index', 'status')).toMatchObject([{ published: { rows: 12 } }]), {
    timeout: 20_000,
    interval: 200,
  });
  await end(dev.child, 'SIGTERM');
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

async function inHome(work: (home: Home) => Promise<void>): Promise<void> {
  const home = await openHome(data, createLogger({ name: 'test', level: 'silent' }));
  try {
    await work(home);
  } finally {
    await home.close();
  }
}

async function snapshotOf(home: Home) {
  const snapshot = await home.indexRecords.snapshot('lines');
  if (!snapshot) throw new Error('no snapshot');
  return snapshot;
}

describe('slipstream index', () => {
  it('status and verify: what dev made is what the documents say', async () => {
    expect(await json('index', 'status')).toMatchObject([{ collection: 'lines', writer: null, pending: 0, failed: 0 }]);
    expect(await slipstream('index', 'verify')).toMatchObject({ code: 0 });
    expect(await json('index', 'verify')).toMatchObject([
      { receipts: 3, expected: 12, found: 12, missing: 0, extra: 0 },
    ]);
  });

  it('init leaves an index that is there as it is', async () => {
    expect(await json('index', 'init')).toMatchObject([{ created: false, rows: 12 }]);
  });

  it('verify finds a row that is lost and one that is nobody’s, and ends with 1; rebuild mends it', async () => {
    await inHome(async (home) => {
      const { identity } = createLocalEmbedder();
      const before = await snapshotOf(home);
      const vectors = openHomeVectors(data);
      const writer = await vectors.openWriter(before.table, identity);
      const [record] = (await home.receipts.list({ limit: 1 })).items;
      if (!record) throw new Error('no receipt');
      const [row, another] = await writer.rowsOf([record]);
      if (!row || !another) throw new Error('no rows');
      const { version } = await writer.merge([
        { ...row, revision: row.revision + 1, deleted: true },
        { ...another, receipt_id: '00009', id: another.id.replace('#00001#', '#00009#') },
      ]);
      await writer.close();
      await vectors.close();
      const key = recordKeys.snapshot('lines');
      await home.records.write({ kind: 'update', key, set: { version } });
    });
    expect(await slipstream('index', 'verify', '--json')).toMatchObject({ code: 1 });
    expect(await json('index', 'verify')).toMatchObject([{ expected: 12, missing: 1, extra: 1 }]);
    expect((await slipstream('index', 'verify')).out).toContain('slipstream index rebuild');
    expect(await slipstream('index', 'rebuild')).toMatchObject({ code: 0 });
    expect(await slipstream('index', 'verify')).toMatchObject({ code: 0 });
  });

  it('an index whose snapshot is lost is told, is not made in passing, and is rebuilt of records and documents', async () => {
    await inHome(async (home) => {
      await home.records.write({ kind: 'delete', key: recordKeys.snapshot('lines') });
    });
    expect(await slipstream('index', 'status')).toMatchObject({ code: 1, out: expect.stringContaining('index init') });
    expect(await slipstream('index', 'verify')).toMatchObject({
      code: 1,
      err: expect.stringContaining('INDEX_MISSING'),
    });
    expect(await json('index', 'rebuild')).toMatchObject([{ receipts: 3, rows: 12, unreadable: 0, replaced: null }]);
    expect(await slipstream('index', 'verify')).toMatchObject({ code: 0 });
  });

  it('rebuild waits for no one: while somebody writes it says so and changes nothing', async () => {
    await inHome(async (home) => {
      const lease = await home.indexRecords.acquire('lines', 'somebody else', { lease_ms: 60_000 });
      const before = await snapshotOf(home);
      expect(await slipstream('index', 'rebuild')).toMatchObject({
        code: 1,
        err: expect.stringContaining('STORE_BUSY'),
      });
      expect(await snapshotOf(home)).toEqual(before);
      if (lease) await home.indexRecords.release(lease);
    });
  });

  it('rebuild waits for no one who was killed, and removes the table that they had begun', async () => {
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    const host = hostname().replaceAll('/', '-').slice(0, 100);
    const { owner } = new Claimants({ host, pid: gone, nonce: 'dead', isRunning: () => true }).next();
    await inHome(async (home) => {
      const lease = await home.indexRecords.acquire('lines', owner, { lease_ms: 60_000 });
      if (!lease) throw new Error('somebody writes');
      await home.indexRecords.noteBuilding(lease, 'lines-half');
      const vectors = openHomeVectors(data);
      await vectors.create('lines-half', createLocalEmbedder().identity);
      await vectors.close();
    });
    expect(readdirSync(join(data, 'index'))).toContain('lines-half.lance');
    expect(await json('index', 'rebuild')).toMatchObject([
      { rows: 12, abandoned: { uri: expect.stringContaining('lines-half'), is_removed: true } },
    ]);
    expect(readdirSync(join(data, 'index'))).not.toContain('lines-half.lance');
    expect(await json('index', 'rebuild')).toMatchObject([{ rows: 12, abandoned: null }]);
    expect(await slipstream('index', 'verify')).toMatchObject({ code: 0 });
  });

  it('rebuild killed in the middle leaves the next one free to begin', async () => {
    const killed = spawnSlipstream(['index', 'rebuild', '--data', data]);
    const ended = once(killed, 'exit');
    await inHome(async (home) => {
      const isBegun = async () => (await home.indexRecords.writer('lines'))?.building !== undefined;
      while (killed.exitCode === null && !(await isBegun()));
      killed.kill('SIGKILL');
      await ended;
    });
    expect(await slipstream('index', 'rebuild')).toMatchObject({ code: 0 });
    expect(await slipstream('index', 'verify')).toMatchObject({ code: 0 });
  });

  it('rebuild gives rows to receipts that were read without an index', async () => {
    await inHome(async (home) => {
      const [record] = (await home.receipts.list({ limit: 1 })).items;
      if (!record) throw new Error('no receipt');
      const { pk, sk } = record;
      await home.records.write({ kind: 'update', key: { pk, sk }, remove: ['run_id', 'rows_revision'] });
      await slipstream('index', 'rebuild');
      expect(await home.receipts.get(record.image_id, record.receipt_id)).toMatchObject({ run_id: expect.any(String) });
    });
    expect(await slipstream('index', 'verify')).toMatchObject({ code: 0 });
  });

  it('move is for stacks: a home’s index lies in its folder', async () => {
    expect(await slipstream('index', 'move', '--to', 's3')).toMatchObject({
      code: 1,
      err: expect.stringContaining('folder'),
    });
  });

  it.each(['init', 'status', 'verify', 'rebuild', 'move'])('%s --help has an example and --json', async (verb) => {
    const { out } = await runSlipstream('index', verb, '--help');
    expect(out).toContain(`$ slipstream index ${verb}`);
    expect(out).toContain('--json');
  });
});
