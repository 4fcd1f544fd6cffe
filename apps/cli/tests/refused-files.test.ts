import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sha256Hex } from '@slipstream/runtime';
import { imageIdOf } from '@slipstream/shared';
import { giveTo, letPass, ordinaryUser } from '@slipstream/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { end } from './dev-process.ts';
import { png } from './png.ts';

const PROGRAM = fileURLToPath(new URL('../dist/slipstream.js', import.meta.url));
const user = ordinaryUser(PROGRAM);
const SECONDS = { timeout: 20_000 };

/** The built programs where the machine refuses them something: modes, a disk that can only be read, descriptors. */
let root = '';
let data = '';
let photographs = '';
let dev: { readonly child: ChildProcess; readonly url: string; said: () => string } | null = null;
const original = (n: number) => png(`${n} `.padEnd(20_000, 'x'));
const idOf = (n: number) => imageIdOf(sha256Hex(original(n)));
const put = async (name: string, n: number, mode = 0o600) => {
  const path = join(photographs, name);
  await writeFile(path, original(n), { mode });
  if (user) giveTo(user, path);
  return path;
};

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'slipstream-refused-'));
  [data, photographs] = [join(root, 'data'), join(root, 'photographs')];
  for (const folder of [data, photographs]) await mkdir(folder);
  for (const folder of [tmpdir(), root]) letPass(folder);
  if (user) giveTo(user, root, data, photographs);
});
afterEach(async () => {
  if (dev) await end(dev.child, 'SIGKILL');
  dev = null;
  await rm(root, { recursive: true, force: true });
});

const environment = () => ({ ...process.env, HOME: root, LOG_LEVEL: 'warn' });

/** As the ordinary user, with at most so many descriptors. */
function launch(args: readonly string[], descriptors = 1_024): ChildProcess {
  const script = `ulimit -n ${descriptors} && exec "$0" "$@"`;
  const options = { ...user, cwd: root, env: environment(), stdio: 'pipe' as const };
  return spawn('/bin/sh', ['-c', script, process.execPath, PROGRAM, ...args], options);
}

async function run(...args: readonly string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = launch(args);
  let [out, err] = ['', ''];
  child.stdout?.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    err += chunk;
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, out, err };
}

async function startDev(options: { readonly descriptors?: number; readonly watch?: boolean }): Promise<void> {
  const watched = options.watch ? ['--watch', photographs, '--watch-stable', '0'] : [];
  const args = ['dev', '--json', '--data', data, '--port', '0', '--no-token', '--engine', 'null', ...watched];
  const child = launch(args, options.descriptors);
  let err = '';
  child.stderr?.on('data', (chunk) => {
    err += chunk;
  });
  const url = await new Promise<string>((resolve, reject) => {
    let out = '';
    child.stdout?.on('data', (chunk) => {
      out += chunk;
      const announced = /"url": "([^"]+)"/.exec(out)?.[1];
      if (announced) resolve(announced);
    });
    child.once('exit', (code) => reject(new Error(`slipstream dev ended with ${code}: ${err}`)));
  });
  dev = { child, url, said: () => err };
}

const statusOf = async (n: number): Promise<string | undefined> => {
  const answer = await fetch(`${dev?.url}/images/${idOf(n)}`);
  const image = (await answer.json()) as { job?: { status: string; reason: { code: string } | null } };
  return image.job?.reason?.code ?? image.job?.status;
};
const becomes = (n: number, status: string) => expect.poll(() => statusOf(n), SECONDS).toBe(status);
const post = async (n: number) =>
  (await fetch(`${dev?.url}/images`, { method: 'POST', body: Buffer.from(original(n)) })).status;

describe.runIf(user !== null)('a user who may not do everything', () => {
  it('has photographs read that may be read, and the others once they may be', async () => {
    await put('open.png', 1);
    await put('closed.png', 2, 0);
    const folder = join(photographs, 'folder');
    await mkdir(folder);
    if (user) giveTo(user, folder);
    await put('folder/inside.png', 3);
    await chmod(folder, 0);
    await startDev({ watch: true });
    await becomes(1, 'COMPLETED');
    expect([await statusOf(2), await statusOf(3)]).toEqual([undefined, undefined]);
    await expect.poll(() => dev?.said(), SECONDS).toContain('cannot be read');
    await chmod(join(photographs, 'closed.png'), 0o600);
    await chmod(folder, 0o700);
    await becomes(2, 'COMPLETED');
    await becomes(3, 'COMPLETED');
    // The watched folder itself, for a while.
    await put('later.png', 4);
    await chmod(photographs, 0);
    await new Promise((done) => setTimeout(done, 600));
    await chmod(photographs, 0o700);
    await becomes(4, 'COMPLETED');
  });

  it('is told which file cannot be submitted, and the others are', async () => {
    const [open, closed] = [await put('open.png', 1), await put('closed.png', 2, 0)];
    const { code, out, err } = await run('submit', open, closed, '--data', data);
    expect([code, out]).toEqual([1, expect.stringContaining(idOf(1))]);
    expect(err).toContain('closed.png cannot be read: is the name right, and may you read it?');
  });

  it('is told what to do about a data folder that can only be read, and nothing is lost', async () => {
    const file = await put('a.png', 1);
    expect((await run('submit', file, '--data', data)).code).toBe(0);
    await chmod(data, 0o500);
    for (const verb of [['submit', file], ['list'], ['dev', '--port', '0']]) {
      const refused = await run(...verb, '--data', data);
      expect(refused).toMatchObject({
        code: 1,
        err: expect.stringContaining('make it a folder that you may write to'),
      });
    }
    await chmod(data, 0o700);
    await chmod(join(data, 'slipstream.db'), 0o400);
    expect(await run('submit', file, '--data', data)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/write-protected|may write to/),
    });
    for (const name of await readdir(data)) {
      if (name.startsWith('slipstream.db')) await chmod(join(data, name), 0o600);
    }
    await startDev({});
    await becomes(1, 'COMPLETED');
  });

  it('has one image fail whose original may not be read; where no original may be read, all wait', async () => {
    await startDev({});
    for (const n of [1, 2]) expect(await post(n)).toBe(202);
    for (const n of [1, 2]) await becomes(n, 'COMPLETED');
    const bucket = join(data, 'objects', 'slipstream-raw');
    const entries = await readdir(bucket, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
    const [first] = files.sort();
    await chmod(first ?? '', 0);
    await run('reprocess', idOf(1), idOf(2), '--data', data);
    await expect
      .poll(async () => [await statusOf(1), await statusOf(2)].sort(), SECONDS)
      .toEqual(['COMPLETED', 'OBJECT_LOST']);
    await chmod(first ?? '', 0o600);
    await chmod(bucket, 0);
    for (const n of [1, 2]) await fetch(`${dev?.url}/images/${idOf(n)}/reprocess`, { method: 'POST' });
    await new Promise((done) => setTimeout(done, 1_500));
    const waiting = [await statusOf(1), await statusOf(2)];
    await chmod(bucket, 0o700);
    for (const status of waiting) expect(status).not.toBe('OBJECT_LOST');
    for (const n of [1, 2]) await becomes(n, 'COMPLETED');
  });
});

describe('a program that may open no more files', () => {
  const DESCRIPTORS = 64;
  const COUNT = 60;

  it('loses no photograph of a watched folder, and none that it answered 202', async () => {
    await startDev({ descriptors: DESCRIPTORS, watch: true });
    const port = Number(new URL(dev?.url ?? '').port);
    const taken: Socket[] = [];
    for (let n = 0; n < DESCRIPTORS; n += 1) taken.push(connect(port, '127.0.0.1').on('error', () => {}));
    await new Promise((done) => setTimeout(done, 300));
    for (let n = 0; n < COUNT; n += 1) await put(`${n}.png`, n);
    const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => post(1_000 + n).catch(() => null)));
    await expect.poll(() => dev?.said(), SECONDS).toMatch(/EMFILE|too much is open|Too many files/);
    for (const socket of taken) socket.destroy();
    for (let n = 0; n < COUNT; n += 1) await becomes(n, 'COMPLETED');
    for (const [n, status] of answers.entries()) if (status === 202) await becomes(1_000 + n, 'COMPLETED');
  }, 60_000);

  it('says so where it cannot even begin', async () => {
    const file = await put('a.png', 1);
    const child = launch(['submit', file, '--data', data], 24);
    let err = '';
    child.stderr?.on('data', (chunk) => {
      err += chunk;
    });
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    if (code !== 0) expect(err).toContain('ulimit -n');
  });
});
