import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, sha256Hex } from '@slipstream/runtime';
import { imageIdOf } from '@slipstream/shared';
import { seededRandom } from '@slipstream/testing';
import { afterEach, expect, it } from 'vitest';
import { openHome } from '../src/home/open-home.ts';
import { end, type RunningProgram, runSlipstream, startDev } from './dev-process.ts';
import { png } from './png.ts';

const IMAGES = Number(process.env.KILL_IMAGES ?? 40);
const KILLS = Number(process.env.KILL_COUNT ?? 5);
const SEED = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000);
const DEADLINE_MS = 240_000;

let running: RunningProgram | null = null;
let dataDir = '';
afterEach(async () => {
  if (running) await end(running.child, 'SIGKILL');
  if (dataDir) await rm(dataDir, { recursive: true, force: true });
});

it(
  `${IMAGES} images survive ${KILLS} SIGKILLs at random moments (seed ${SEED}): one COMPLETED job, one set of receipts and their rows in the index each`,
  async () => {
    const random = seededRandom(SEED);
    dataDir = await mkdtemp(join(tmpdir(), 'slipstream-kill-'));
    const images = Array.from({ length: IMAGES }, (_, index) => png(`${SEED} ${index}`));
    let next = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      running = await startDev(dataDir, '--engine', 'null', '--visibility-timeout', '10');
      const killed = sleep(random() * 400).then(() => running && end(running.child, 'SIGKILL'));
      const share = Math.ceil((IMAGES * (kill + 1)) / KILLS);
      // What was not acknowledged before the kill is sent again, as any client would.
      while (next < share && (await post(running.url, images[next] ?? png('')))) next += 1;
      await killed;
    }
    running = await startDev(dataDir, '--engine', 'null', '--visibility-timeout', '10');
    for (; next < IMAGES; next += 1) expect(await post(running.url, images[next] ?? png(''))).toBe(true);

    const home = await openHome(dataDir, createLogger({ name: 'test', level: 'silent' }));
    try {
      const deadline = Date.now() + DEADLINE_MS;
      for (const bytes of images) {
        const imageId = imageIdOf(sha256Hex(bytes));
        while ((await home.jobs.current(imageId))?.job.status !== 'COMPLETED') {
          expect(Date.now(), `the job of ${imageId} is ${(await home.jobs.current(imageId))?.job.status}`).toBeLessThan(
            deadline,
          );
          await sleep(100);
        }
        expect((await home.jobs.image(imageId))?.generation).toBe(1);
        const records = await home.records.query({ partition: `IMAGE#${imageId}`, limit: 100 });
        expect(records.items.map(({ type }) => type).sort()).toEqual([
          'COMPACTION_RUN',
          'IMAGE',
          'OCR_JOB',
          'OCR_ROUTING_DECISION',
          'RECEIPT',
          'UPLOAD',
        ]);
        // Published and completed once: a second publication would need a second attempt to succeed.
        const [receipt] = await home.receipts.ofImage(imageId);
        expect(receipt?.object_key).toContain(imageId);
      }
      for (const queue of Object.values(home.queues)) {
        for (;;) {
          const { ready, inFlight, delayed, dead } = await queue.depth();
          expect(dead, `${queue.name} has dead letters`).toBe(0);
          if (ready + inFlight + delayed === 0) break;
          expect(Date.now(), `${queue.name} is not empty`).toBeLessThan(deadline);
          await sleep(100);
        }
      }
    } finally {
      await home.close();
    }
    expect(await end(running.child, 'SIGTERM')).toBe(0);
    const [compared] = JSON.parse((await runSlipstream('index', 'verify', '--data', dataDir, '--json')).out);
    const [rows, nothing] = [4 * IMAGES, 0];
    expect(compared).toMatchObject({ expected: rows, found: rows, missing: nothing, extra: nothing, waiting: nothing });
  },
  DEADLINE_MS + 60_000,
);

async function post(url: string, bytes: Uint8Array): Promise<boolean> {
  try {
    const response = await fetch(`${url}/images`, { method: 'POST', body: Buffer.from(bytes) });
    return response.status === 202;
  } catch {
    return false; // the program was killed under the request
  }
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
