import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { end, runSlipstream, spawnSlipstream, startDev } from './dev-process.ts';
import { png } from './png.ts';

let folder = '';
let data = '';
const slipstream = (...args: string[]) => runSlipstream(...args, '--data', data);
const json = async (...args: string[]) => JSON.parse((await slipstream(...args, '--json')).out);
const catalogueFiles = () => readdirSync(join(data, 'catalogue')).filter((name) => name.endsWith('.db'));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipstream-catalogue-verbs-'));
  data = join(folder, 'data');
  const dev = await startDev(data, '--engine', 'null');
  for (const name of ['one', 'two', 'three']) await writeFile(join(folder, `${name}.png`), png(name));
  await slipstream('submit', ...['one', 'two', 'three'].map((name) => join(folder, `${name}.png`)), '--wait');
  await vi.waitFor(async () => expect(await json('catalogue', 'verify')).toMatchObject({ receipts: 3, found: 3 }), {
    timeout: 30_000,
    interval: 300,
  });
  await end(dev.child, 'SIGTERM');
}, 90_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('slipstream find, spending, sql and catalogue', { timeout: 60_000 }, () => {
  it('find: by a word, a part of one, and with filters', async () => {
    expect((await json('find', 'null', 'store')).receipts).toHaveLength(3);
    expect((await json('find', 'stor', '--min', '1', '--max', '1.00')).receipts).toHaveLength(3);
    expect((await json('find', 'nothinglikeit')).receipts).toEqual([]);
    expect((await slipstream('find', 'nothinglikeit')).out).toContain('Nothing is found');
    expect((await slipstream('find', 'null')).out).toContain('NULL STORE');
  });

  it('list: with the same filters and an order', async () => {
    expect((await json('list', '--merchant', 'null', '--sort', '-total')).receipts).toHaveLength(3);
    expect((await json('list', '--min', '5')).receipts).toEqual([]);
  });

  it('spending: sums, as JSON and as a table', async () => {
    expect(await json('spending', '--by', 'month')).toMatchObject({
      rows: [{ key: '2026-01', amount: '3.00', receipts: 3 }],
      more: false,
      without_amount: 0,
    });
    expect((await slipstream('spending', '--by', 'merchant')).out).toMatch(/NULL STORE +3\.00/);
  });

  it.each([
    [['list', '--min', 'x'], '--min takes an amount'],
    [['list', '--from', '2026-02-30'], 'takes a day'],
    [['list', '--sort', 'newest'], '--sort newest is none of'],
    [['list', '--min', '3', '--max', '2'], 'No amount lies between'],
    [['spending', '--by', 'day'], '--by day is none of'],
    [['spending', '--currency', 'euros'], '--currency takes'],
    [['sql', 'DELETE FROM receipts'], 'only reads'],
    [['sql', 'UPDATE c_receipts SET total = 1'], 'only reads'],
    [['sql', "INSERT INTO c_meta VALUES ('a', 'b')"], 'only reads'],
    [['sql', 'SELECT nonsense'], 'no such column'],
  ])('%j is an error of its own', async (args, sentence) => {
    expect(await slipstream(...args)).toMatchObject({ code: 1, err: expect.stringContaining(sentence) });
  });

  it('sql: the documented views, in a process that is ended at its limit', async () => {
    const { columns, rows } = await json('sql', 'SELECT merchant, total FROM receipts ORDER BY image_id');
    expect(columns).toEqual(['merchant', 'total']);
    expect(rows).toEqual(Array.from({ length: 3 }, () => ({ merchant: 'NULL STORE', total: 1 })));
    for (const view of ['line_items', 'taxes', 'tags', 'merchants'])
      expect(await json('sql', `SELECT count(*) AS n FROM ${view}`)).toMatchObject({ more: false });
    expect(await json('sql', 'SELECT 1 FROM receipts', '--limit', '2')).toMatchObject({ more: true });
    const endless = 'WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c';
    const startedAt = Date.now();
    expect((await slipstream('sql', endless, '--timeout', '1')).err).toContain('longer than 1 s');
    expect(Date.now() - startedAt).toBeLessThan(20_000);
    expect(spawnSync('pgrep', ['-f', 'sql-child']).stdout.toString()).toBe('');
  });

  it('the catalogue’s files are closed to other users', () => {
    for (const name of readdirSync(join(data, 'catalogue')))
      expect(statSync(join(data, 'catalogue', name)).mode & 0o077, name).toBe(0);
  });

  it('a damaged catalogue is made again by itself, which is said', async () => {
    const [name = ''] = catalogueFiles();
    writeFileSync(join(data, 'catalogue', name), 'no database '.repeat(1_000));
    const { out, err } = await slipstream('find', 'null', '--json');
    expect(err).toContain('damaged');
    expect(JSON.parse(out).receipts).toHaveLength(3);
    expect(await slipstream('catalogue', 'verify')).toMatchObject({ code: 0 });
  });

  it('one that is missing is filled by dev', async () => {
    await rm(join(data, 'catalogue'), { recursive: true });
    const dev = await startDev(data, '--engine', 'null');
    try {
      await vi.waitFor(
        async () => {
          const answer = await fetch(`${dev.url}/receipts?q=null`);
          expect(answer.status).toBe(200);
          expect(((await answer.json()) as { receipts: object[] }).receipts).toHaveLength(3);
        },
        { timeout: 30_000, interval: 200 },
      );
    } finally {
      await end(dev.child, 'SIGTERM');
    }
    expect(await slipstream('catalogue', 'verify')).toMatchObject({ code: 0 });
  });

  it('a rebuild that was killed is gone on with, and agrees', async () => {
    for (let round = 0; round < 3; round += 1) {
      const killed = spawnSlipstream(['catalogue', 'rebuild', '--data', data]);
      const ended = once(killed, 'exit');
      await new Promise((resolve) => setTimeout(resolve, 400 + 250 * round));
      killed.kill('SIGKILL');
      await ended;
      expect(await slipstream('catalogue', 'verify')).toMatchObject({ code: 0 });
    }
    expect(await json('catalogue', 'rebuild')).toMatchObject({ receipts: 3, caught_up: 0 });
    expect(await json('catalogue', 'status')).toMatchObject({
      receipts: 3,
      is_complete: true,
      building: null,
      waiting: 0,
    });
    expect(catalogueFiles()).toHaveLength(1);
  });

  it.each(['find', 'spending', 'sql', 'catalogue status', 'catalogue verify', 'catalogue rebuild'])(
    '%s --help has an example and --json',
    async (verb) => {
      const { out } = await runSlipstream(...verb.split(' '), '--help');
      expect(out).toContain(`$ slipstream ${verb}`);
      expect(out).toContain('--json');
    },
  );
});
