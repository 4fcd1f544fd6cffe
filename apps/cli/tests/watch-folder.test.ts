import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, sha256Hex } from '@slipstream/runtime';
import { DEFAULT_OWNER, imageIdOf, SlipstreamError, systemClock } from '@slipstream/shared';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openHome } from '../src/home/open-home.ts';
import { localTarget, type SubmissionTarget } from '../src/watch/submission-target.ts';
import { watchedFolder, watchFolder } from '../src/watch/watch-folder.ts';
import { runSlipstream } from './dev-process.ts';
import { png } from './png.ts';

let root = '';
let folder = '';
let stop: (() => Promise<void>) | null = null;
const logger = createLogger({ name: 'test', level: 'silent' });
const idOf = (text: string) => imageIdOf(sha256Hex(Buffer.from(text)));
const write = (name: string, text: string) => writeFile(join(folder, name), text);

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'slipstream-watch-'));
  folder = join(root, 'photographs');
  await mkdir(folder);
});
afterEach(async () => {
  await stop?.();
  await rm(root, { recursive: true, force: true });
});

/** Takes photographs, and what it does with each one. */
function target(onSubmit: (name: string) => void = () => {}) {
  const sent: string[] = [];
  const place: SubmissionTarget = {
    place: 'test',
    pause_ms_max: 50,
    submit: async ({ bytes, file_name }) => {
      onSubmit(file_name);
      const text = Buffer.from(bytes).toString();
      sent.push(text);
      return { image_id: idOf(text), created: true };
    },
    isStored: null,
    dropFailure: null,
    drop_every_ms: 0,
  };
  return { place, sent };
}

function start(place: SubmissionTarget, stableMs = 0): void {
  const stopping = new AbortController();
  const options = { folder, ledgerFile: join(root, 'ledger.db'), target: place, stableMs, clock: systemClock, logger };
  const watching = watchFolder(options, stopping.signal);
  stop = async () => {
    stopping.abort();
    await watching;
    stop = null;
  };
}
const until = (sent: readonly string[], ...texts: readonly string[]) =>
  expect.poll(() => sent.toSorted(), { timeout: 15_000, interval: 50 }).toEqual(texts.toSorted());
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

describe('a watched folder', () => {
  it.runIf(process.platform === 'linux')(
    'takes files in folders whose names are no UTF-8, once each, over restarts',
    async () => {
      const latin1 = (path: string) => Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(path, 'latin1')]);
      await mkdir(latin1('M\xe4rz'));
      await writeFile(latin1('M\xe4rz/caf\xe9.jpg'), 'a');
      await writeFile(latin1('M\xe4rz/caf\xe8.jpg'), 'b');
      const names: string[] = [];
      const { place, sent } = target((name) => names.push(name));
      start(place);
      await until(sent, 'a', 'b');
      expect(names).toEqual(['caf\ufffd.jpg', 'caf\ufffd.jpg']);
      await stop?.();
      await writeFile(latin1('M\xe4rz/caf\xe9.jpg'), 'a, changed');
      start(place);
      await until(sent, 'a', 'b', 'a, changed');
    },
  );

  it('has each photograph submitted once, over restarts, in folders too, and without what is hidden', async () => {
    await mkdir(join(folder, 'march'));
    await mkdir(join(folder, '.trash'));
    await write('a.jpg', 'a');
    await write('march/b.HEIC', 'b');
    await write('._a.jpg', 'resource fork');
    await write('.trash/c.jpg', 'hidden');
    await write('notes.txt', 'text');
    const { place, sent } = target();
    start(place);
    await until(sent, 'a', 'b');
    await write('d.png', 'd');
    await until(sent, 'a', 'b', 'd');
    await stop?.();
    await write('e.png', 'e');
    start(place);
    await until(sent, 'a', 'b', 'd', 'e');
  });

  it('loses nothing that could not be taken at some moment', async () => {
    const texts = Array.from({ length: 30 }, (_, n) => `photograph ${n}`);
    for (const [n, text] of texts.entries()) await write(`${n}.jpg`, text);
    const failures = ['STORE_UNAVAILABLE', 'STORE_BUSY', 'CALLER_UNKNOWN', 'ACCESS_DENIED', 'INTERNAL'] as const;
    let calls = 0;
    const { place, sent } = target(() => {
      calls += 1;
      const code = failures[calls % (failures.length + 1)];
      if (calls < 40 && code) throw new SlipstreamError(code, 'not now');
    });
    start(place);
    await until(sent, ...texts);
  });

  it('waits until a file stays as it is, and begins anew with a later state of it', async () => {
    const { place, sent } = target();
    start(place, 1_200);
    await write('growing.jpg', 'begun');
    await pause(700);
    await write('growing.jpg', 'begun, and more');
    await pause(700);
    expect(sent).toEqual([]);
    await until(sent, 'begun, and more');
    await write('growing.jpg', 'begun, and more, and all of it');
    await until(sent, 'begun, and more', 'begun, and more, and all of it');
  });

  it('waits for the bytes of an empty file', async () => {
    const { place, sent } = target();
    await write('empty.jpg', '');
    start(place);
    await pause(1_500);
    expect(sent).toEqual([]);
    await write('empty.jpg', 'now');
    await until(sent, 'now');
  });

  it('does not read what is no regular file, and does not wait for it', async () => {
    await writeFile(join(root, 'secret'), 'secret');
    await symlink(join(root, 'secret'), join(folder, 'link.jpg'));
    await symlink(root, join(folder, 'loop'));
    await symlink('/dev/zero', join(folder, 'endless.jpg'));
    await mkdir(join(folder, 'folder.jpg'));
    for (let n = 0; n < 5; n += 1) execFileSync('mkfifo', [join(folder, `pipe${n}.jpg`)]);
    await write('photo.jpg', 'photo');
    const { place, sent } = target();
    start(place);
    await until(sent, 'photo');
    await pause(700);
    expect(sent).toEqual(['photo']);
    await stop?.();
  });

  it('passes over what is refused for its own sake, until it is saved again', async () => {
    const { place, sent } = target((name) => {
      if (name === 'bad.jpg' && !sent.includes('good')) throw new SlipstreamError('IMAGE_TYPE_UNSUPPORTED', 'no');
    });
    await write('bad.jpg', 'bad');
    await write('good.jpg', 'good');
    start(place);
    await until(sent, 'good');
    await pause(700);
    expect(sent).toEqual(['good']);
    await utimes(join(folder, 'bad.jpg'), new Date(), new Date(1_000));
    await until(sent, 'good', 'bad');
  });

  it.runIf(process.getuid?.() !== 0)('reads a file once it may be read', async () => {
    await write('closed.jpg', 'closed');
    await chmod(join(folder, 'closed.jpg'), 0);
    await write('open.jpg', 'open');
    const { place, sent } = target();
    start(place);
    await until(sent, 'open');
    await chmod(join(folder, 'closed.jpg'), 0o600);
    await until(sent, 'open', 'closed');
  });

  it('goes on when its ledger is damaged, and when it is gone for a while itself', async () => {
    await write('a.jpg', 'a');
    const { place, sent } = target();
    start(place);
    await until(sent, 'a');
    await stop?.();
    await writeFile(join(root, 'ledger.db'), 'no database at all, but long enough to be one'.repeat(100));
    await rm(folder, { recursive: true });
    start(place);
    await pause(300);
    await mkdir(folder);
    await write('b.jpg', 'b');
    await until(sent, 'a', 'b');
  });

  it('has to be there when it is begun', async () => {
    await expect(watchedFolder(join(root, 'mistyped'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    for (const verb of [
      ['watch', join(root, 'mistyped')],
      ['dev', '--port', '0', '--watch', join(root, 'mistyped')],
    ]) {
      const refused = await runSlipstream(...verb, '--data', join(root, 'data'));
      expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('is no folder') });
    }
  });
});

describe('a watched folder on a data folder', () => {
  it('takes a superseded state’s failure and dead letter out of the lists', async () => {
    const home = await openHome(join(root, 'data'), logger);
    try {
      await write('growing.jpg', 'half of it');
      start(localTarget(home));
      const half = idOf('half of it');
      await expect.poll(async () => (await home.raw.head(`raw/${half}`)) !== null, { timeout: 10_000 }).toBe(true);
      const image = {
        image_id: half,
        owner_id: DEFAULT_OWNER,
        s3_bucket: home.raw.bucket,
        s3_key: `raw/${half}`,
        size: 10,
      };
      const { job } = await home.jobs.create(image, 'c', { code: 'IMAGE_UNREADABLE', message: 'cut off' });
      const body = JSON.stringify({ image_id: half, job_id: job.job_id, s3_bucket: 'b', s3_key: `raw/${half}` });
      const reason = { code: 'IMAGE_UNREADABLE', message: 'cut off' };
      await home.queues['ocr-queue'].dead.put({ id: 'letter', body, reason, receiveCount: 1 });
      await home.queues['ocr-queue'].dead.put({ id: 'other', body: '{}', reason, receiveCount: 1 });
      await writeFile(join(folder, 'growing.jpg'), png('all of it'));
      const listed = async () => (await home.jobs.list('FAILED', { limit: 10 })).items.length;
      await expect.poll(listed, { timeout: 15_000 }).toBe(0);
      await expect.poll(async () => await home.queues['ocr-queue'].dead.get('letter'), { timeout: 5_000 }).toBeNull();
      expect(await home.queues['ocr-queue'].dead.get('other')).not.toBeNull();
      expect((await home.jobs.current(half))?.job).toMatchObject({ status: 'FAILED' });
    } finally {
      await stop?.();
      await home.close();
    }
  });

  it('submits again what is not there any more', async () => {
    const home = await openHome(join(root, 'data'), logger);
    try {
      await write('a.jpg', 'a');
      start(localTarget(home));
      const isThere = async () => (await home.raw.head(`raw/${idOf('a')}`)) !== null;
      await expect.poll(isThere, { timeout: 10_000 }).toBe(true);
      await stop?.();
      await home.raw.delete(`raw/${idOf('a')}`);
      start(localTarget(home));
      await expect.poll(isThere, { timeout: 10_000 }).toBe(true);
    } finally {
      await stop?.();
      await home.close();
    }
  });
});

describe('slipstream submit', () => {
  it('says which of several files is none, and submits the others', async () => {
    await write('a.jpg', 'a');
    execFileSync('mkfifo', [join(folder, 'pipe.jpg')]);
    await symlink('/etc/passwd', join(folder, 'link.jpg'));
    await writeFile(join(folder, 'huge.jpg'), 'x');
    await truncate(join(folder, 'huge.jpg'), 200_000_000);
    const files = ['a.jpg', 'pipe.jpg', 'link.jpg', 'huge.jpg'].map((name) => join(folder, name));
    const { code, out, err } = await runSlipstream('submit', ...files, '--data', join(root, 'data'));
    expect(code).toBe(1);
    expect(out).toContain(idOf('a'));
    for (const name of ['pipe.jpg', 'link.jpg', 'huge.jpg']) expect(err).toContain(name);
  });
});
