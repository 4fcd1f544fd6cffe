import { mkdtemp, readdir, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, INDEX_SETTINGS, loadSettings } from '@slipstream/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { homeHealth } from '../src/health/home-health.ts';
import { withHomeMemory } from '../src/home/home-memory.ts';
import { type Home, openHome } from '../src/home/open-home.ts';
import { runSlipstream } from './dev-process.ts';

const logger = createLogger({ name: 'test', level: 'silent' });
const agent = () => null;

let folder = '';
let home: Home;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipstream-health-'));
  home = await openHome(join(folder, 'data'), logger);
});
afterEach(async () => {
  await home.close();
  await rm(folder, { recursive: true, force: true });
});

const freeBytes = async () => {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
};
const health = (imageBytesMax: number, collections: readonly string[] = []) =>
  homeHealth(home, { imageBytesMax, collections, agent });

describe('health', () => {
  it('is failing where not one photograph more fits on the disk, degraded where few do, else well', async () => {
    const free = await freeBytes();
    expect(await health(free * 2)).toMatchObject({
      status: 'failing',
      problems: [{ code: 'DISK_FULL', message: expect.stringContaining('Make room; work goes on by itself.') }],
    });
    expect(await health(Math.floor(free / 5))).toMatchObject({
      status: 'degraded',
      problems: [{ code: 'DISK_LOW', message: expect.stringContaining('The disk is nearly full') }],
    });
    expect(await health(1)).toMatchObject({ status: 'ok', problems: [] });
  });

  it('says that the index is lost, with what makes it again, which helps', async () => {
    const settings = loadSettings(INDEX_SETTINGS, { flags: {}, env: {} });
    const remembering = withHomeMemory(home, settings);
    await remembering.merchantMemory();
    await remembering.closeMemory();
    expect(await health(1, ['lines'])).toMatchObject({ status: 'ok', problems: [] });
    const index = join(home.dataDir, 'index');
    for (const name of await readdir(index))
      if (name.startsWith('lines')) await rm(join(index, name), { recursive: true });
    const problem = { code: 'INDEX_MISSING', message: expect.stringContaining('slipstream index rebuild') };
    expect(await health(1, ['lines'])).toMatchObject({ status: 'degraded', problems: [problem] });
    const status = await runSlipstream('status', '--data', home.dataDir, '--json');
    expect([status.code, JSON.parse(status.out).problems]).toEqual([1, [problem]]);
    expect((await runSlipstream('index', 'rebuild', '--data', home.dataDir)).code).toBe(0);
    expect(await health(1, ['lines'])).toMatchObject({ status: 'ok', problems: [] });
  });
});

describe('export --out', () => {
  it.each([
    ['a folder that is not there', 'none/x.csv', 'there is no such folder; make it first'],
    ['a folder', '.', 'that is a folder; name a file in it'],
    ['below a file', 'data/slipstream.db/x.csv', 'a part of the path is a file'],
  ])('says what to do about %s', async (_what, path, advice) => {
    const { code, err } = await runSlipstream('export', '--data', home.dataDir, '--out', join(folder, path));
    expect([code, err]).toEqual([1, expect.stringContaining(advice)]);
    const json = await runSlipstream('export', '--data', home.dataDir, '--json', '--out', join(folder, path));
    expect(JSON.parse(json.err).error).toMatchObject({
      code: 'REQUEST_INVALID',
      message: expect.stringContaining(advice),
    });
  });
});
