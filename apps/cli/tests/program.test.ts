import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, sha256Hex } from '@slipstream/runtime';
import { imageIdOf } from '@slipstream/shared';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHome } from '../src/home/open-home.ts';
import { end, type RunningProgram, runSlipstream, startDev } from './dev-process.ts';
import { png } from './png.ts';

/** The built programs, driven as a person drives them. */
let folder = '';
let data = '';
let dev: RunningProgram;
const idOf = (bytes: Uint8Array) => imageIdOf(sha256Hex(bytes));
const slipstream = (...args: string[]) => runSlipstream(...args, '--data', data);
const json = async (...args: string[]) => JSON.parse((await slipstream(...args, '--json')).out);
const file = async (name: string, bytes: Uint8Array | string) => {
  await writeFile(join(folder, name), bytes);
  return join(folder, name);
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipstream-program-'));
  data = join(folder, 'data');
  await mkdir(join(folder, 'watched'));
  dev = await startDev(data, '--engine', 'null', '--watch', join(folder, 'watched'));
});
afterAll(async () => {
  await end(dev.child, 'SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

describe('slipstream dev', () => {
  it('says how it is', async () => {
    const health = await (await fetch(`${dev.url}/health`)).json();
    expect(health).toMatchObject({ status: 'ok', agent: 'null', queues: { 'ocr-queue': { ready: 0 } } });
  });

  it('reads a photograph that comes into the watched folder', async () => {
    const bytes = png('watched');
    await writeFile(join(folder, 'watched', 'photo.png'), bytes);
    await expect
      .poll(async () => (await fetch(`${dev.url}/images/${idOf(bytes)}`)).status, { timeout: 20_000 })
      .toBe(200);
  });

  it('signs uploads to where it listens, on a port that the system chose too', async () => {
    const bytes = Buffer.from(png('signed'));
    const announced = await fetch(`${dev.url}/uploads`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ sha256: sha256Hex(bytes), size: bytes.byteLength, type: 'png' }),
    });
    const { upload } = (await announced.json()) as { upload: { url: string; headers: Record<string, string> } };
    expect(new URL(upload.url).origin).toBe(dev.url);
    expect((await fetch(upload.url, { method: 'PUT', headers: upload.headers, body: bytes })).status).toBe(200);
    await expect.poll(async () => (await json('show', idOf(bytes))).job?.status, { timeout: 20_000 }).toBe('COMPLETED');
  });

  it('tells what happens as server-sent events', async () => {
    const bytes = png('events');
    const stop = new AbortController();
    const response = await fetch(`${dev.url}/events`, { signal: stop.signal });
    await fetch(`${dev.url}/images`, { method: 'POST', body: Buffer.from(bytes) });
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString('utf8');
      const told = text.split('\n\n').filter((event) => event.includes(idOf(bytes)));
      if (told.some((event) => event.includes('"kind":"receipt"'))) break;
    }
    stop.abort();
    for (const status of ['PENDING', 'RUNNING', 'OCR_DONE', 'COMPLETED'])
      expect(text).toContain(`"status":"${status}"`);
  });

  it('answers no page of another origin, and no other name', async () => {
    const foreign = await fetch(`${dev.url}/health`, { headers: { origin: 'https://example.com' } });
    expect(foreign.status).toBe(403);
    expect((await fetch(`${dev.url}/health`, { headers: { origin: 'http://localhost:5173' } })).status).toBe(403);
    expect((await fetch(`${dev.url}/health`, { headers: { origin: dev.url } })).status).toBe(200);
  });

  it('a second one on the same port says which port is taken and what to do', async () => {
    const port = new URL(dev.url).port;
    const { code, err } = await runSlipstream(
      'dev',
      '--data',
      join(folder, 'other'),
      '--port',
      port,
      '--engine',
      'null',
    );
    expect(code).toBe(1);
    expect(err).toContain(`Port ${port} is taken`);
    expect(err).toContain(`--port ${Number(port) + 1}`);
  });
});

describe('the verbs', () => {
  it('submit --wait, list, show, export: a receipt from file to spreadsheet', async () => {
    const bytes = png('verbs');
    const submitted = await slipstream('submit', await file('verbs.png', bytes), '--wait');
    expect(submitted).toMatchObject({ code: 0 });
    expect(submitted.out).toContain('verbs.png');
    const { receipts } = await json('list');
    expect(receipts).toContainEqual(expect.objectContaining({ image_id: idOf(bytes), total: '1.00' }));
    expect(await json('show', idOf(bytes))).toMatchObject({ file_name: 'verbs.png', job: { status: 'COMPLETED' } });
    expect((await slipstream('show', `${idOf(bytes)}/1`)).out).toContain('1.00');
    const csv = (await slipstream('export', '--format', 'csv')).out;
    expect(csv.split('\r\n')[0]).toContain('image_id,receipt_id,status,merchant');
    expect(csv).toContain(idOf(bytes));
    expect(await json('export', '--format', 'json')).toContainEqual(expect.objectContaining({ image_id: idOf(bytes) }));
  });

  it('submitting the same file again makes no second job', async () => {
    const path = await file('again.png', png('again'));
    await slipstream('submit', path, '--wait');
    expect(await json('submit', path)).toMatchObject([{ created: false }]);
    expect(await json('show', idOf(png('again')))).toMatchObject({ job: { generation: 1 } });
  });

  it('reprocess makes a new job, whose receipts replace the old ones', async () => {
    const bytes = png('reprocess');
    await slipstream('submit', await file('reprocess.png', bytes), '--wait');
    expect(await json('reprocess', idOf(bytes))).toMatchObject([{ generation: 2 }]);
    await expect
      .poll(async () => (await json('show', idOf(bytes))).job, { timeout: 20_000 })
      .toMatchObject({ generation: 2, status: 'COMPLETED' });
    expect((await json('show', idOf(bytes))).receipts).toHaveLength(1);
  });

  it('queues shows each queue', async () => {
    const rows = await json('queues');
    expect(rows.map((row: { queue: string }) => row.queue)).toEqual([
      'uploads-queue',
      'ocr-queue',
      'ocr-results-queue',
      'validate-queue',
      'compaction-queue',
      'catalogue-queue',
    ]);
    expect((await slipstream('queues')).out).toContain('in flight');
  });

  it('agents lists the one that slipstream dev runs', async () => {
    await expect
      .poll(() => json('agents'), { timeout: 20_000 })
      .toMatchObject([{ engine: 'null', state: expect.any(String) }]);
  });

  it.each([
    'dev',
    'open',
    'submit',
    'list',
    'show',
    'reprocess',
    'export',
    'watch',
    'login',
    'logout',
    'queues',
    'agents',
    'dead list',
    'dead show',
    'dead redrive',
    'secrets set',
    'parse',
    'demo',
  ])('%s --help has an example and --json', async (verb) => {
    const { code, out } = await runSlipstream(...verb.split(' '), '--help');
    expect(code).toBe(0);
    expect(out).toContain('Examples:');
    expect(out).toContain(`$ slipstream ${verb}`);
    expect(out).toContain('--json');
  });

  it('an unknown verb and an unknown option end with 2 and a hint', async () => {
    expect(await runSlipstream('lst')).toMatchObject({ code: 2, err: expect.stringContaining('list') });
    expect(await runSlipstream('list', '--nope')).toMatchObject({ code: 2 });
  });

  it('completion is made for the shells', async () => {
    const { code, out } = await runSlipstream('complete', 'zsh');
    expect(code).toBe(0);
    expect(out).toContain('slipstream');
  });

  it('an error is one line with what to do, and JSON where JSON was asked for', async () => {
    const plain = await slipstream('show', 'nonsense');
    expect(plain).toMatchObject({ code: 1, out: '' });
    expect(plain.err.trim().split('\n')).toHaveLength(1);
    const asJson = await slipstream('show', 'nonsense', '--json');
    expect(JSON.parse(asJson.err)).toMatchObject({ error: { code: 'REQUEST_INVALID' } });
  });
});

describe('bad input', () => {
  it('each bad file ends FAILED with its own reason, the good one beside them is read, and the program lives on', async () => {
    const huge = Buffer.concat([png('huge'), randomBytes(1_024), Buffer.alloc(60 * 1_048_576)]);
    const bomb = Buffer.from(png('bomb'));
    bomb.writeUInt32BE(10_000, 16);
    bomb.writeUInt32BE(10_000, 20);
    const bad: [name: string, bytes: Uint8Array | string, code: string][] = [
      ['empty.jpg', '', 'IMAGE_EMPTY'],
      ['letter.jpg', 'Dear Sir or Madam,', 'IMAGE_TYPE_UNSUPPORTED'],
      ['invoice.pdf', 'PK\x03\x04', 'IMAGE_TYPE_UNSUPPORTED'],
      ['bomb.png', bomb, 'IMAGE_PIXELS_EXCEEDED'],
      ['huge.png', huge, 'IMAGE_TOO_LARGE'],
      ['cut.jpg', Buffer.from('ffd8ffe000104a46494600', 'hex'), 'IMAGE_UNREADABLE'],
    ];
    const paths = await Promise.all([...bad.map(([name, bytes]) => file(name, bytes)), file('good.png', png('good'))]);
    const { code, out } = await slipstream('submit', ...paths, '--wait', '--json');
    expect(code).toBe(1);
    const results = JSON.parse(out) as { file: string; status: string; reason: { code: string } | null }[];
    expect(results.map(({ status, reason }) => reason?.code ?? status)).toEqual([
      ...bad.map(([, , reason]) => reason),
      'COMPLETED',
    ]);
    const failed = (await json('list', '--failed')) as { file: string | null; code: string }[];
    for (const [name, , reason] of bad)
      expect(failed).toContainEqual(expect.objectContaining({ file: name, code: reason }));
    expect((await slipstream('list', '--failed')).out).toContain('IMAGE_PIXELS_EXCEEDED');
    expect((await fetch(`${dev.url}/health`)).status).toBe(200);
  });

  it('bad messages end in the dead letters with their reasons; what is redriven in vain comes back as one letter', async () => {
    const home = await openHome(data, createLogger({ name: 'test', level: 'silent' }));
    const stranger = idOf(png('never submitted'));
    const job = { image_id: stranger, job_id: stranger, s3_bucket: 'slipstream-raw', s3_key: `raw/${stranger}` };
    try {
      const send = (message: unknown) => home.queues['ocr-queue'].send(message as never);
      await send({ ...job, s3_bucket: 'somebody-elses' });
      await send({ ...job, s3_key: 'raw/../../etc/passwd' });
      await send({ ...job, image_id: 7 });
      await send(job);
      const codes = async () =>
        (await json('dead', 'list', '--queue', 'ocr-queue'))
          .map((letter: { reason: { code: string } }) => letter.reason.code)
          .sort();
      const expected = ['JOB_NOT_FOUND', 'MESSAGE_BUCKET_FOREIGN', 'MESSAGE_INVALID', 'MESSAGE_KEY_INVALID'];
      await expect.poll(codes, { timeout: 20_000 }).toEqual(expected);

      const dry = await json('dead', 'redrive', '--reason', 'JOB_NOT_FOUND', '--dry-run');
      expect(dry).toMatchObject([{ queue: 'ocr-queue', redriven: false }]);
      expect(await json('dead', 'redrive', '--reason', 'JOB_NOT_FOUND')).toMatchObject([{ redriven: true }]);
      await expect.poll(codes, { timeout: 20_000 }).toEqual(expected);
      expect((await slipstream('dead', 'show', dry[0].id)).out + (await slipstream('dead', 'list')).out).toContain(
        'JOB_NOT_FOUND',
      );
    } finally {
      await home.close();
    }
  });
});

describe('parse', () => {
  it('parses a box file, a folder of them, and says what is no document', async () => {
    const boxes = [
      '100,50,400,50,400,80,100,80,CORNER CAFE',
      '100,500,200,500,200,530,100,530,TOTAL',
      '300,500,400,500,400,530,300,530,12.50',
    ].join('\n');
    await mkdir(join(folder, 'boxes'));
    await writeFile(join(folder, 'boxes', '001.csv'), boxes);
    const parsed = await runSlipstream('parse', join(folder, 'boxes', '001.csv'), '--format', 'sroie', '--json');
    expect(JSON.parse(parsed.out)).toMatchObject([{ total: { value: '12.50' } }]);
    const explained = await runSlipstream('parse', join(folder, 'boxes', '001.csv'), '--format', 'sroie', '--explain');
    expect(explained.out).toMatch(/→ +12\.50/);
    expect(explained.out).toContain('Rules and ranker chose it');
    const out = join(folder, 'parsed');
    expect(
      await runSlipstream('parse', '--in', join(folder, 'boxes'), '--out', out, '--format', 'sroie'),
    ).toMatchObject({ code: 0 });
    expect(JSON.parse(await readFile(join(out, '001.json'), 'utf8'))).toMatchObject([{ total: { value: '12.50' } }]);
    // Several at once: one that is none keeps back no other.
    const box = join(folder, 'boxes', '001.csv');
    await writeFile(join(folder, 'boxes', '002.csv'), boxes.replace('12.50', '13.50'));
    const none = join(folder, 'none.csv');
    const several = await runSlipstream(
      'parse',
      box,
      none,
      join(folder, 'boxes', '002.csv'),
      '--format',
      'sroie',
      '--json',
    );
    expect(several).toMatchObject({ code: 1, err: expect.stringContaining(none) });
    expect(JSON.parse(several.out)).toMatchObject([{ total: { value: '12.50' } }, { total: { value: '13.50' } }]);
    expect(await runSlipstream('parse', await file('no.json', '{"schema_version": 1}'))).toMatchObject({
      code: 1,
      err: expect.stringContaining('image'),
    });
  });

  it('reads regular files only, and no more than a document has', async () => {
    const pipes = join(folder, 'pipes');
    await mkdir(pipes);
    execFileSync('mkfifo', [join(pipes, 'pipe.json')]);
    await symlink('/dev/zero', join(pipes, 'endless.json'));
    await writeFile(join(pipes, 'huge.json'), '');
    await truncate(join(pipes, 'huge.json'), 300_000_000);
    const refused = await runSlipstream('parse', join(pipes, 'pipe.json'));
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('no regular file') });
    const all = await runSlipstream('parse', '--in', pipes, '--out', join(folder, 'piped'), '--json');
    expect(JSON.parse(all.out)).toMatchObject({
      failures: [
        { file: 'endless.json', message: expect.stringContaining('no regular file') },
        { file: 'huge.json', message: expect.stringContaining('more than 256 MB') },
        { file: 'pipe.json', message: expect.stringContaining('no regular file') },
      ],
    });
  });
});

it('SIGTERM ends it with 0, and nothing is left in hand', async () => {
  expect(await end(dev.child, 'SIGTERM')).toBe(0);
  const rows = await json('queues');
  for (const row of rows) expect(row).toMatchObject({ in_flight: 0 });
});
