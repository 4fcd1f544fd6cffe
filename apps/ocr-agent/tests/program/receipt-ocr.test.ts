import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Jobs } from '@slipstream/records';
import { sha256Hex } from '@slipstream/runtime';
import { DEFAULT_OWNER, imageIdOf, rawKey, reportSchema, systemClock } from '@slipstream/shared';
import { openEmbeddedStore } from '@slipstream/store-embedded';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askStatus } from '../../src/status/ask-status.ts';

const PROGRAM = fileURLToPath(new URL('../../src/receipt-ocr.ts', import.meta.url));
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
  'base64',
);
const TEST_MS_MAX = 60_000;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'receipt-ocr-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    env: { ...process.env, SLIPSTREAM_RUN_DIR: join(folder, 'run'), HOME: folder, ...env },
    cwd: folder,
  });
  const output = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk) => {
    output.stdout += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    output.stderr += chunk;
  });
  const ended = once(child, 'close').then(([code]): Ended => ({ code, ...output }));
  return { child, ended };
}

const run = (...args: readonly string[]) => start(args).ended;

/** A data folder with one job for each of the images. */
async function dataWith(images: readonly Uint8Array[]) {
  const dataDir = join(folder, 'data');
  const store = await openEmbeddedStore({ dataDir });
  const jobs = new Jobs(store.records, systemClock);
  const queue = store.queue('ocr-queue');
  for (const bytes of images) {
    const image_id = imageIdOf(sha256Hex(bytes));
    const s3_key = rawKey(image_id);
    const s3_bucket = store.raw.bucket;
    await store.raw.put(s3_key, bytes);
    const { job } = await jobs.create(
      { image_id, owner_id: DEFAULT_OWNER, s3_bucket, s3_key, size: bytes.byteLength },
      'c',
    );
    await queue.send({ image_id, job_id: job.job_id, s3_bucket, s3_key });
  }
  return { dataDir, store, jobs };
}

const AGENT = ['--engine', 'null', '--log-level', 'info'];

describe('receipt-ocr with images', () => {
  it(
    'reads each, says what is wrong with one, and fails for it',
    async () => {
      writeFileSync(join(folder, 'a.png'), PNG);
      writeFileSync(join(folder, 'b.jpg'), 'no image');
      const { code, stdout } = await run('a.png', 'b.jpg', 'c.jpg', '--engine', 'null', '--json');
      expect(code).toBe(1);
      expect(JSON.parse(stdout)).toMatchObject([
        { file: 'a.png', document: { image: { width: 1, height: 1 } } },
        { file: 'b.jpg', error: { code: 'IMAGE_TYPE_UNSUPPORTED' } },
        { file: 'c.jpg', error: { code: 'NOT_FOUND' } },
      ]);
    },
    TEST_MS_MAX,
  );

  it(
    'prints the text for people',
    async () => {
      writeFileSync(join(folder, 'a.png'), PNG);
      const { code, stdout } = await run('a.png', '--engine', 'null');
      expect([code, stdout]).toEqual([0, 'NULL STORE\n2026-01-31\nNothing 1.00\nTOTAL 1.00\n']);
    },
    TEST_MS_MAX,
  );
});

describe('receipt-ocr as an agent', () => {
  it(
    'drains the queue once and ends, with a log line for each job',
    async () => {
      const images = [PNG, Buffer.concat([PNG, Buffer.from('2')]), Buffer.from('no image')];
      const { dataDir, store, jobs } = await dataWith(images);
      const { code, stdout, stderr } = await run('--data', dataDir, ...AGENT, '--json');
      expect(code).toBe(1); // one of them failed
      expect(JSON.parse(stdout)).toMatchObject({ done: 2, failed: 1 });
      const lines = stderr
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line));
      expect(lines.filter(({ msg }) => msg === 'job ended')).toHaveLength(3);
      expect((await jobs.list('OCR_DONE', { limit: 10 })).items).toHaveLength(2);
      expect((await store.queue('ocr-queue').depth()).dead).toBe(1);
      await store.close();
    },
    TEST_MS_MAX,
  );

  it(
    'stays with --continuous, answers on its socket, writes rotated logs, and ends well on SIGTERM',
    async () => {
      const { dataDir, store } = await dataWith([PNG]);
      const logDir = join(folder, 'logs');
      const { child, ended } = start(['--data', dataDir, ...AGENT, '--continuous', '--log-dir', logDir]);
      const status = await Promise.race([untilDone(1), ended.then((end) => expect.fail(`it ended: ${end.stderr}`))]);
      expect(status).toMatchObject({ pid: child.pid, engine: { name: 'null' }, state: 'idle', in_hand: 0 });
      expect(status.queue).toMatchObject({ ready: 0, dead: 0 });
      child.kill('SIGTERM');
      expect((await ended).code).toBe(0);
      expect(await askStatus(join(folder, 'run'))).toEqual([]);
      expect(readdirSync(logDir)).toContain('current.log');
      expect(readFileSync(join(logDir, 'current.log'), 'utf8')).toContain('agent stopped');
      await store.close();
    },
    TEST_MS_MAX,
  );

  async function untilDone(count: number) {
    for (;;) {
      const [status] = await askStatus(join(folder, 'run'));
      if (status && status.counts.done >= count && status.in_hand === 0) return status;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  it(
    'names every remedy where a setting is missing, and codes its exit',
    async () => {
      const missing = await run('--ocr-job-queue-url', 'http://127.0.0.1:1/ocr-queue');
      expect(missing.code).toBe(1);
      expect(missing.stderr).toContain('--ocr-results-queue-url');
      expect(missing.stderr).toContain('OCR_RESULTS_QUEUE_URL');
      expect((await run('--nonsense')).code).toBe(2);
    },
    TEST_MS_MAX,
  );
});

describe('receipt-ocr doctor', () => {
  it(
    'finds the home well, and tells how to install the service',
    async () => {
      const { dataDir, store } = await dataWith([]);
      const { code, stdout } = await run('doctor', '--data', dataDir, '--engine', 'null', '--json');
      expect(code).toBe(0);
      const { checks, ...report }: { checks: { what: string; verdict: string; fix: string | null }[] } =
        JSON.parse(stdout);
      expect(checks.filter(({ verdict }) => verdict === 'failed')).toEqual([]);
      expect(checks.find(({ what }) => what === 'service')?.fix).toContain('receipt-ocr install');
      // The same findings as the doctor of the network and verify print.
      const { findings } = reportSchema.parse(report);
      expect(findings.find(({ id }) => id === 'machine-service')?.severity).toBe('warning');
      await store.close();
    },
    TEST_MS_MAX,
  );

  it(
    'says what cannot be reached, and fails',
    async () => {
      writeFileSync(join(folder, 'file'), '');
      const { code, stdout } = await run('doctor', '--data', join(folder, 'file'), '--engine', 'null');
      expect(code).toBe(1);
      expect(stdout).toMatch(/failed +home/);
    },
    TEST_MS_MAX,
  );
});
