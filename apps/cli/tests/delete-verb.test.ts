import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { end, type RunningProgram, runSlipstream, startDev } from './dev-process.ts';
import { png } from './png.ts';

const MARK = 'MARKEDZEBRA';
/** Into the pixels' file too, behind its end. */
const marked = png(`the photograph of ${MARK}`);
const other = png('another');
const imagesSchema = z.object({ image_id: z.string() });

let dataDir: string;
let running: RunningProgram | null = null;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'slipstream-delete-'));
});
afterEach(async () => {
  if (running) await end(running.child, 'SIGKILL');
  running = null;
  await rm(dataDir, { recursive: true, force: true });
});

/** Files of the data folder that hold the marked text, however they hold it. */
async function filesWithMark(): Promise<readonly string[]> {
  const entries = await readdir(dataDir, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path).catch(() => Buffer.alloc(0));
    if (bytes.includes(MARK) || bytes.includes(Buffer.from(MARK, 'utf16le'))) found.push(path.slice(dataDir.length));
  }
  return found;
}

async function submitted(url: string, bytes: Uint8Array, name: string): Promise<string> {
  const answer = await fetch(`${url}/images?file_name=${name}`, { method: 'POST', body: Buffer.from(bytes) });
  const { image_id } = imagesSchema.parse(await answer.json());
  await until(async () => (await statusOf(url, image_id)) === 'COMPLETED');
  return image_id;
}
async function statusOf(url: string, image_id: string): Promise<string | undefined> {
  const answer = await fetch(`${url}/images/${image_id}`);
  const body = z.object({ job: z.object({ status: z.string() }).optional() }).parse(await answer.json());
  return body.job?.status;
}
async function until(holds: () => Promise<boolean>, ms = 60_000): Promise<void> {
  const deadline = Date.now() + ms;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('it did not come to pass in time');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
const json = async (...args: readonly string[]) => {
  const { out, err, code } = await runSlipstream(...args, '--data', dataDir, '--json');
  return { code, err, value: out === '' ? null : JSON.parse(out) };
};

it('finds no file with a marked text after the deletion, nothing running', async () => {
  running = await startDev(dataDir, '--engine', 'null');
  const image_id = await submitted(running.url, marked, `${MARK}.png`);
  const kept = await submitted(running.url, other, 'kept.png');
  await end(running.child, 'SIGTERM');
  running = null;
  expect((await filesWithMark()).length).toBeGreaterThan(1);

  const dry = await json('delete', image_id.slice(0, 8), '--dry-run');
  expect(dry.value).toMatchObject([{ image_id, status: 'would_be_deleted', file_name: `${MARK}.png` }]);
  expect((await filesWithMark()).length).toBeGreaterThan(1);
  const refused = await json('delete', image_id);
  expect(refused.code).toBe(1);
  expect(refused.err).toContain('--yes');

  const done = await json('delete', image_id, '--yes');
  expect(done.err).toBe('');
  expect(done).toMatchObject({ code: 0, value: [{ image_id, status: 'deleted' }] });
  expect(await filesWithMark()).toEqual([]);
  expect((await json('show', image_id)).code).toBe(1);
  expect((await json('delete', image_id, '--yes')).err).toContain('There is no image');
  expect((await json('show', kept)).value).toMatchObject({ image_id: kept, job: { status: 'COMPLETED' } });
  expect((await json('index', 'verify')).value).toMatchObject([{ missing: 0, extra: 0, different: 0 }]);
}, 120_000);

it('the same while slipstream dev runs, over its API, within its second look', async () => {
  running = await startDev(dataDir, '--engine', 'null');
  const image_id = await submitted(running.url, marked, `${MARK}.png`);
  await submitted(running.url, other, 'kept.png');
  const answer = await fetch(`${running.url}/images/${image_id}`, { method: 'DELETE' });
  expect(answer.status).toBe(204);
  expect((await fetch(`${running.url}/images/${image_id}`)).status).toBe(404);
  expect((await fetch(`${running.url}/images/${image_id}`, { method: 'DELETE' })).status).toBe(404);
  await until(async () => (await filesWithMark()).length === 0, 90_000);
  expect(await end(running.child, 'SIGTERM')).toBe(0);
  running = null;
  expect(await filesWithMark()).toEqual([]);
  expect((await json('index', 'verify')).value).toMatchObject([{ missing: 0, extra: 0, different: 0 }]);
}, 180_000);

it('empties the list of failures: an image with delete, a dead letter of no image with dismiss', async () => {
  running = await startDev(dataDir, '--engine', 'null');
  const headers = { 'content-type': 'application/octet-stream' };
  const answer = await fetch(`${running.url}/images`, {
    method: 'POST',
    headers,
    body: Buffer.from('no image at all'),
  });
  const { image_id } = imagesSchema.parse(await answer.json());
  await until(async () => (await statusOf(running?.url ?? '', image_id)) === 'FAILED');
  await end(running.child, 'SIGTERM');
  running = null;
  const failures = async () => (await json('list', '--failed')).value;
  expect(await failures()).toMatchObject([{ kind: 'job', id: image_id }]);
  expect((await json('delete', image_id, '--yes')).code).toBe(0);
  expect(await failures()).toEqual([]);
  expect((await json('dismiss', 'nothing')).err).toContain('There is no dead letter');
}, 60_000);
