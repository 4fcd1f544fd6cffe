import { execFileSync } from 'node:child_process';
import { mkdir, readdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expectError } from '@slipstream/shared/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeStoreHarness, type StoreHarness } from './harness.ts';

/** Too large for the database: its bytes lie in a file. */
const image = new Uint8Array(40_000).fill(7);

describe.each([
  ['gone', (file: string) => rm(file)],
  ['torn', (file: string) => truncate(file, 100)],
  ['longer than it was', (file: string) => writeFile(file, new Uint8Array(50_000))],
  [
    'a folder',
    async (file: string) => {
      await rm(file);
      await mkdir(file);
    },
  ],
  [
    'a link',
    async (file: string) => {
      await rm(file);
      await symlink('/etc/passwd', file);
    },
  ],
  [
    'a pipe',
    async (file: string) => {
      await rm(file);
      execFileSync('mkfifo', [file]);
    },
  ],
])('an object whose file is %s', (_what, damage) => {
  let harness: StoreHarness;

  beforeEach(async () => {
    harness = await makeStoreHarness();
    await harness.store.raw.put('raw/1', image);
    const day = join(
      harness.dataDir,
      'objects',
      'slipstream-raw',
      new Date(harness.clock.now()).toISOString().slice(0, 10),
    );
    const [file] = await readdir(day);
    await damage(join(day, String(file)));
    await harness.store.raw.put('raw/2', image);
  });
  afterEach(() => harness.dispose());

  it('is lost for good, with what to do; its neighbours are not', async () => {
    const error = await expectError(harness.store.raw.get('raw/1'), 'OBJECT_LOST');
    expect(error.retry).toBe('never');
    expect(error.message).toContain('submit the photograph again');
    const chunks: Uint8Array[] = [];
    for await (const chunk of (await harness.store.raw.get('raw/2')).body) chunks.push(chunk);
    expect(Buffer.concat(chunks)).toHaveLength(image.byteLength);
    expect(await harness.store.raw.head('raw/1')).toBeNull();
    expect((await harness.store.raw.list({ prefix: 'raw/', limit: 10 })).items).toHaveLength(2);
  });

  it('is healed by the same bytes, which are announced again', async () => {
    const before = (await harness.store.queue('uploads-queue').depth()).ready;
    expect(await harness.store.raw.put('raw/1', image, { ifAbsent: true })).toEqual({ created: true });
    expect(await harness.store.raw.head('raw/1')).toMatchObject({ size: image.byteLength });
    expect((await harness.store.queue('uploads-queue').depth()).ready).toBe(before + 1);
    expect(await harness.store.raw.put('raw/1', image, { ifAbsent: true })).toEqual({ created: false });
  });
});
