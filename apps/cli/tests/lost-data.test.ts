import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256Hex } from '@slipstream/runtime';
import { imageIdOf } from '@slipstream/shared';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { end, type RunningProgram, runSlipstream, startDev } from './dev-process.ts';
import { png } from './png.ts';

/** The built programs on a data folder that comes to harm. */
let folder = '';
let data = '';
let dev: RunningProgram | null = null;
const original = (n: number) => png(`${n}`.padEnd(40_000, 'x'));
const idOf = (n: number) => imageIdOf(sha256Hex(original(n)));
const post = async (n: number) =>
  (await fetch(`${dev?.url}/images`, { method: 'POST', body: Buffer.from(original(n)) })).status;
const statusOf = async (n: number) => {
  const answer = await fetch(`${dev?.url}/images/${idOf(n)}`);
  const image = (await answer.json()) as { job?: { status: string; reason: { code: string } | null } };
  return image.job?.reason?.code ?? image.job?.status;
};
const stop = async (signal: NodeJS.Signals) => {
  if (dev) await end(dev.child, signal);
  dev = null;
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipstream-lost-'));
  data = join(folder, 'data');
  dev = await startDev(data, '--engine', 'null');
});
afterEach(async () => {
  await stop('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

describe('slipstream dev', () => {
  it.each([
    ['is removed', () => rm(data, { recursive: true })],
    ['is moved away', () => rename(data, join(folder, 'elsewhere'))],
    ['loses its objects', () => rm(join(data, 'objects'), { recursive: true })],
    ['loses its originals', () => rm(join(data, 'objects', 'slipstream-raw'), { recursive: true })],
  ])('whose data folder %s refuses what comes, and ends with the reason', async (_what, harm) => {
    expect(await post(1)).toBe(202);
    let err = '';
    dev?.child.stderr?.on('data', (chunk) => {
      err += chunk;
    });
    const gone = new Promise<number | null>((resolve) => dev?.child.once('exit', resolve));
    await harm();
    expect(await post(2).catch(() => 'gone')).not.toBe(202);
    expect(await gone).toBe(1);
    expect(err).toContain('changed while it was in use');
  });

  it('reads on when originals are lost, and reads them when they are submitted again', async () => {
    // 4 stays: a folder without any original is refused as not mounted.
    for (const n of [4, 1, 2]) expect(await post(n)).toBe(202);
    await expect.poll(() => statusOf(2), { timeout: 20_000 }).toBe('COMPLETED');
    await expect.poll(() => statusOf(1), { timeout: 20_000 }).toBe('COMPLETED');
    const bucket = join(data, 'objects', 'slipstream-raw');
    for (const name of await readdir(bucket, { recursive: true })) {
      const bytes = await readFile(join(bucket, name)).catch(() => null);
      if (bytes?.equals(original(1)) || bytes?.equals(original(2))) await rm(join(bucket, name));
    }
    await runSlipstream('reprocess', idOf(1), idOf(2), '--data', data);
    expect(await post(3)).toBe(202);
    await expect.poll(() => statusOf(3), { timeout: 20_000 }).toBe('COMPLETED');
    await expect.poll(() => statusOf(1), { timeout: 20_000 }).toBe('OBJECT_LOST');
    const failed = await runSlipstream('list', '--failed', '--data', data, '--json');
    expect(failed.out).toContain(idOf(1));
    expect(failed.out).toContain('dead letter');
    expect(await post(1)).toBe(202);
    await expect.poll(() => statusOf(1), { timeout: 20_000 }).toBe('COMPLETED');
    const dead = await runSlipstream('dead', 'list', '--data', data, '--json');
    expect(dead.out).not.toContain(idOf(1));
  });

  it('lists an original that was lost before it was looked at, and reads it when it is submitted again', async () => {
    expect(await post(3)).toBe(202); // a folder without any original is refused as not mounted
    await expect.poll(() => statusOf(3), { timeout: 20_000 }).toBe('COMPLETED');
    await stop('SIGTERM');
    const file = join(folder, 'photograph.png');
    await writeFile(file, original(1));
    const before = new Set(await readdir(join(data, 'objects'), { recursive: true }));
    expect((await runSlipstream('submit', file, '--data', data)).code).toBe(0);
    for (const name of await readdir(join(data, 'objects'), { recursive: true, withFileTypes: true })) {
      const path = join(name.parentPath, name.name);
      if (name.isFile() && !before.has(path.slice(join(data, 'objects').length + 1))) await rm(path);
    }
    dev = await startDev(data, '--engine', 'null');
    await expect.poll(() => statusOf(1), { timeout: 20_000 }).toBe('OBJECT_LOST');
    const page = await (await fetch(`${dev.url}/failures`)).json();
    const reason = { code: 'OBJECT_LOST', message: expect.stringContaining('submit it again') };
    expect(page).toMatchObject({ failures: [{ image_id: idOf(1), file_name: 'photograph.png', reason }] });
    const failed = await runSlipstream('list', '--failed', '--data', data);
    expect(failed.out).toContain('photograph.png');
    expect((await runSlipstream('submit', file, '--data', data, '--wait')).code).toBe(0);
    expect(await statusOf(1)).toBe('COMPLETED');
    expect((await runSlipstream('list', '--failed', '--data', data)).out).not.toContain('photograph.png');
    expect((await runSlipstream('dead', 'list', '--data', data)).out).toContain('No dead letters');
  });
});

describe('an older copy of the database beside newer originals', () => {
  it('is said at once, by dev, status and health, with the way out, which helps', async () => {
    expect(await post(1)).toBe(202);
    await expect.poll(() => statusOf(1), { timeout: 20_000 }).toBe('COMPLETED');
    await stop('SIGTERM');
    await copyFile(join(data, 'slipstream.db'), join(folder, 'older.db'));
    dev = await startDev(data, '--engine', 'null');
    for (const n of [2, 3]) expect(await post(n)).toBe(202);
    await expect.poll(() => statusOf(3), { timeout: 20_000 }).toBe('COMPLETED');
    await stop('SIGTERM');
    for (const suffix of ['', '-wal', '-shm']) await rm(join(data, `slipstream.db${suffix}`), { force: true });
    await copyFile(join(folder, 'older.db'), join(data, 'slipstream.db'));
    dev = await startDev(data, '--engine', 'null');
    const problem = { code: 'ORIGINALS_UNKNOWN', message: expect.stringContaining('slipstream recover') };
    const health = await (await fetch(`${dev.url}/health`)).json();
    expect(health).toMatchObject({ status: 'degraded', problems: [problem] });
    const status = await runSlipstream('status', '--data', data, '--json');
    expect(status.code).toBe(1);
    expect(JSON.parse(status.out).problems).toMatchObject([problem]);
    expect(JSON.parse(status.out).problems[0].message).toContain('2 originals');
    await stop('SIGTERM');
    expect((await runSlipstream('recover', '--data', data)).code).toBe(0);
    dev = await startDev(data, '--engine', 'null');
    for (const n of [2, 3]) await expect.poll(() => statusOf(n), { timeout: 20_000 }).toBe('COMPLETED');
    expect(await (await fetch(`${dev.url}/health`)).json()).toMatchObject({ status: 'ok', problems: [] });
  });
});

describe('slipstream recover', () => {
  it('makes the records again from the originals when the database is empty', async () => {
    for (const n of [1, 2, 3]) expect(await post(n)).toBe(202);
    await expect.poll(() => statusOf(3), { timeout: 20_000 }).toBe('COMPLETED');
    const busy = await runSlipstream('recover', '--data', data);
    expect(busy).toMatchObject({ code: 1, err: expect.stringContaining('stop it first') });
    await stop('SIGTERM');
    await truncate(join(data, 'slipstream.db'), 0);
    for (const verb of [['dev', '--port', '0'], ['list'], ['submit', join(folder, 'data', 'upload-secret')]]) {
      const refused = await runSlipstream(...verb, '--data', data);
      expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('slipstream recover') });
    }
    const recovered = await runSlipstream('recover', '--data', data, '--json');
    expect(recovered.code).toBe(0);
    expect(JSON.parse(recovered.out)).toMatchObject({ jobs: 3, duplicates: 0, set_aside: 0, unreadable: 0 });
    expect(JSON.parse(recovered.out).adopted).toHaveLength(3);
    dev = await startDev(data, '--engine', 'null');
    for (const n of [1, 2, 3]) await expect.poll(() => statusOf(n), { timeout: 20_000 }).toBe('COMPLETED');
  });

  it('says where there is nothing to recover from', async () => {
    const empty = join(folder, 'empty');
    await mkdir(empty);
    await writeFile(join(empty, 'notes.txt'), 'text');
    const refused = await runSlipstream('recover', '--data', empty);
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('holds no objects') });
  });
});
