import { putDocument } from '@slipstream/records';
import { sha256Hex } from '@slipstream/runtime';
import { imageIdOf, ocrDocumentKey, ocrDocumentSchema, rawKey, viewKey } from '@slipstream/shared';
import { seededRandom } from '@slipstream/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deleteImage, finishDeletion, sweepDeletions } from '../../src/delete-image/index.ts';
import { createProcessOcrResults } from '../../src/process-ocr-results/process-ocr-results.ts';
import { createStreamProcessor } from '../../src/stream-processor/stream-processor.ts';
import { createSubmitJob } from '../../src/submit-job/submit-job.ts';
import {
  CAFE,
  changesOf,
  context,
  ocrDocument,
  openTestHome,
  png,
  publish,
  received,
  submit,
  type TestHome,
} from '../../testing/test-home.ts';
import { failingAfter } from './failing-after.ts';

const AGAIN_MS = 20_000;
const options = { againAfterMs: AGAIN_MS };

let home: TestHome;
beforeEach(async () => {
  home = await openTestHome();
});
afterEach(() => home.close());

const stream = async () => createStreamProcessor(home, { collections: ['lines'] })(await changesOf(home), context());
const takeIn = () => home.drain(home.queues['uploads-queue'], createSubmitJob(home));
async function completed(name: string, caller = 'local'): Promise<string> {
  const image_id = await submit(home, png(name), caller);
  await takeIn();
  await readAgain(image_id);
  return image_id;
}
async function readAgain(image_id: string): Promise<void> {
  const { job_id } = await publish(home, image_id, CAFE);
  await createProcessOcrResults(home)([received('m', JSON.stringify({ image_id, job_id }))], context());
  await stream();
}
async function marked(image_id: string, caller = 'local') {
  const outcome = await deleteImage(home, caller, image_id);
  if (outcome.kind !== 'deleting') throw new Error(`the deletion is ${outcome.kind}`);
  return outcome.deletion;
}
async function deleted(image_id: string, caller = 'local'): Promise<void> {
  expect(await finishDeletion(home, await marked(image_id, caller), options)).toBe(true);
}
/** Everything that is stored of an image, but the tombstones. */
async function leftOf(image_id: string): Promise<readonly string[]> {
  const records = await home.deletions.recordsOf(image_id);
  const objects = await Promise.all([
    home.raw.list({ prefix: rawKey(image_id), limit: 100 }),
    ...['ocr', 'receipts', 'reviews', 'views'].map((folder) =>
      home.artifacts.list({ prefix: `${folder}/${image_id}/`, limit: 100 }),
    ),
  ]);
  return [
    ...records.map(({ type }) => type).filter((type) => type !== 'IMAGE' && type !== 'OCR_JOB'),
    ...objects.flatMap(({ items }) => items.map(({ key }) => key)),
  ];
}
const linksOf = async (partition: string) =>
  (await home.records.query({ partition, limit: 100 })).items
    .map(({ sk }) => sk)
    .filter((sk) => /^(RECEIPT|IMAGE)#/.test(sk));

describe('a deleted image', () => {
  it('leaves nothing but a tombstone, once it has been looked for again', async () => {
    const image_id = await completed('a');
    await home.artifacts.put(viewKey(image_id, 0, 'full'), Buffer.from('a view'));
    const merchant = (await home.receipts.ofImage(image_id))[0]?.merchant_id ?? '';
    expect(await linksOf('CALLER#local')).toHaveLength(2);
    await deleted(image_id);
    expect(await leftOf(image_id)).toEqual(['DELETION']);
    await stream();
    expect([...(await linksOf('CALLER#local')), ...(await linksOf(`MERCHANT#${merchant}`))]).toEqual([]);
    expect((await home.jobs.listImages({ limit: 10 })).items).toEqual([]);
    expect((await home.jobs.list('FAILED', { limit: 10 })).items).toEqual([]);
    expect(await sweepDeletions(home, options)).toBe(0);
    await home.clock.advance(AGAIN_MS + 60_001);
    await home.store.records.saveCheckpoint('stream-processor', (await changesOf(home)).at(-1)?.sequence ?? '0');
    expect(await sweepDeletions({ ...home, eraseHistory: async () => true }, options)).toBe(1);
    expect(await leftOf(image_id)).toEqual([]);
    const image = await home.jobs.image(image_id);
    expect(image).toMatchObject({ generation: 2, receipt_revision_floor: 2 });
    expect(image).not.toHaveProperty('origin');
    expect((image?.ttl ?? 0) * 1_000).toBeGreaterThan(home.clock.now() + 34 * 86_400_000);
  });

  it('is deleted before it was even taken in, and its event brings nothing back', async () => {
    const image_id = await submit(home, png('early'));
    await deleted(image_id);
    await takeIn();
    expect(await leftOf(image_id)).toEqual(['DELETION']);
    expect(await home.jobs.current(image_id)).toBeNull();
    expect((await home.queues['uploads-queue'].depth()).dead).toBe(0);
  });

  it('takes its failure and its dead letters with it, and others’ stay', async () => {
    const [one, other] = [
      await submit(home, Buffer.from('no image')),
      await submit(home, Buffer.from('no image either')),
    ];
    await takeIn();
    const forgotten: string[] = [];
    const ports = { ...home, forgetLetters: async (id: string) => void forgotten.push(id) };
    await finishDeletion(ports, await marked(one), options);
    expect(forgotten).toEqual([one]);
    const failed = (await home.jobs.list('FAILED', { limit: 10 })).items.map(({ image_id }) => image_id);
    expect(failed).toEqual([other]);
  });

  it('is not published by an agent that had it in hand, and what that wrote late goes with the second look', async () => {
    const image_id = await submit(home, png('held'));
    await takeIn();
    const current = await home.jobs.current(image_id);
    const claim = await home.jobs.claim(image_id, current?.job.job_id ?? '', {
      owner: 'agent',
      expires_at: home.clock.now() + 60_000,
    });
    if (claim.kind !== 'claimed') throw new Error(claim.kind);
    await deleted(image_id);
    const key = ocrDocumentKey(image_id, claim.job.job_id, claim.job.attempt);
    await putDocument(home.artifacts, key, ocrDocumentSchema, ocrDocument('0'.repeat(64), CAFE));
    await home.artifacts.put(viewKey(image_id, 0, 'thumb'), Buffer.from('late'));
    expect(await home.jobs.publish(claim.job, key)).toBeNull();
    expect(await home.jobs.renew(claim.job, home.clock.now() + 60_000)).toBe(false);
    expect(await leftOf(image_id)).toContain(key);
    await home.clock.advance(60_000 + AGAIN_MS + 1);
    await sweepDeletions({ ...home, eraseHistory: async () => true }, options);
    expect(await leftOf(image_id)).toEqual([]);
    // Its message comes once more, and is no dead letter.
    const again = await home.jobs.claim(image_id, claim.job.job_id, { owner: 'b', expires_at: home.clock.now() + 1 });
    expect(again).toMatchObject({ kind: 'settled', job: { status: 'FAILED', reason_code: 'IMAGE_DELETED' } });
  });

  it('is not completed by a result that was published before', async () => {
    const image_id = await submit(home, png('published'));
    await takeIn();
    const { job_id } = await publish(home, image_id, CAFE);
    await deleted(image_id);
    await createProcessOcrResults(home)([received('m', JSON.stringify({ image_id, job_id }))], context());
    expect(await leftOf(image_id)).toEqual(['DELETION']);
    expect((await home.queues['ocr-results-queue'].depth()).dead).toBe(0);
  });

  it('lives again when the same bytes are sent again, and the second look takes nothing of its new life', async () => {
    const image_id = await completed('back');
    await deleted(image_id);
    const first = await home.jobs.image(image_id);
    expect(await submit(home, png('back'))).toBe(image_id);
    await takeIn();
    await readAgain(image_id);
    const [receipt] = await home.receipts.ofImage(image_id);
    expect(receipt?.revision).toBeGreaterThan(first?.receipt_revision_floor ?? 0);
    await home.artifacts.put(viewKey(image_id, 0, 'full'), Buffer.from('a view'));
    await home.clock.advance(AGAIN_MS + 1);
    expect(await sweepDeletions({ ...home, eraseHistory: async () => true }, options)).toBe(1);
    expect(await home.jobs.current(image_id)).toMatchObject({ job: { status: 'COMPLETED', generation: 3 } });
    expect(await home.receipts.document(receipt ?? fail())).toMatchObject({ image_id });
    expect(await home.raw.head(rawKey(image_id))).not.toBeNull();
    expect(await home.artifacts.head(viewKey(image_id, 0, 'full'))).not.toBeNull();
    expect(await linksOf('CALLER#local')).toHaveLength(2);
    // And can be deleted again.
    await deleted(image_id);
    expect(await leftOf(image_id)).toEqual(['DELETION']);
  });

  it('is not taken in again while it is being removed, and nothing of what is sent then is lost unnoticed', async () => {
    const image_id = await completed('busy');
    const deletion = await marked(image_id);
    await expect(submit(home, png('busy'))).rejects.toMatchObject({ code: 'DELETION_UNDER_WAY', retry: 'later' });
    expect(await finishDeletion(home, deletion, options)).toBe(true);
    await submit(home, png('busy'));
    await takeIn();
    expect((await home.jobs.current(image_id))?.job.status).toBe('PENDING');
  });
});

describe('of two who sent the same bytes', () => {
  it('one never deletes the other’s image: there are two', async () => {
    const [adas, bobs] = [await completed('same', 'ada'), await completed('same', 'bob')];
    expect(adas).not.toBe(bobs);
    expect(await deleteImage(home, 'bob', adas)).toEqual({ kind: 'absent' });
    await deleted(adas, 'ada');
    expect(await home.jobs.current(bobs)).toMatchObject({ job: { status: 'COMPLETED' } });
    expect(await home.receipts.ofImage(bobs)).toHaveLength(1);
    expect(await linksOf('CALLER#bob')).toHaveLength(2);
  });

  it('of one image from before there were owners, the first lets go of it and the last deletes it', async () => {
    const image_id = await completed('shared', 'ada');
    await home.uploads.note({ image_id, owner_id: 'ada', uploaded_by: 'bob', file_name: 'mine.png' });
    await stream();
    expect(await deleteImage(home, 'ada', image_id)).toEqual({ kind: 'released' });
    expect(await linksOf('CALLER#ada')).toEqual([]);
    expect(await linksOf('CALLER#bob')).toHaveLength(2);
    expect(await home.receipts.ofImage(image_id)).toHaveLength(1);
    await deleted(image_id, 'bob');
    expect(await leftOf(image_id)).toEqual(['DELETION']);
  });
});

describe('whatever happens meanwhile', () => {
  it('a crash at any step is made up for by the next run', async () => {
    let steps = 0;
    for (let at = 0; ; at += 1) {
      const image_id = await completed(`crash ${at}`);
      const deletion = await marked(image_id);
      const broken = failingAfter(home, at);
      const isWhole = await finishDeletion(broken.ports, deletion, options).catch(() => false);
      if (isWhole) {
        steps = at;
        break;
      }
      // The claim of whoever died is waited out.
      await home.clock.advance(120_001);
      await stream();
      await sweepDeletions(home, options);
      await stream();
      expect(await leftOf(image_id), `after a crash at step ${at}`).toEqual(['DELETION']);
      expect(await linksOf('CALLER#local'), `after a crash at step ${at}`).toEqual([]);
    }
    expect(steps).toBeGreaterThanOrEqual(14);
  });

  const ROUNDS = Number(process.env.DELETE_ROUNDS ?? 12);
  const SEED = Number(process.env.DELETE_SEED ?? Date.now() % 1_000_000);
  it(`deletions, readings, submissions and followers in any order leave no zombie and lose nothing (seed ${SEED})`, async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      await home.close();
      home = await openTestHome();
      const random = seededRandom(SEED + round);
      const bytes = png(`round ${round}`);
      const image_id = imageIdOf(sha256Hex(bytes));
      await completed(`round ${round}`);
      const log: string[] = [];
      let lastAcknowledged = 'submitted' as 'submitted' | 'deleted';
      const doing: Record<string, () => Promise<unknown>> = {
        delete: async () => {
          const outcome = await deleteImage(home, 'local', image_id);
          if (outcome.kind !== 'deleting') return;
          lastAcknowledged = 'deleted';
          await finishDeletion(home, outcome.deletion, options);
        },
        mark: async () => {
          if ((await deleteImage(home, 'local', image_id)).kind === 'deleting') lastAcknowledged = 'deleted';
        },
        submit: async () => {
          await submit(home, bytes);
          lastAcknowledged = 'submitted';
        },
        take: takeIn,
        reprocess: () => home.jobs.reprocess(image_id, 'c'),
        read: () => readAgain(image_id),
        stream,
        sweep: async () => {
          await home.clock.advance(random() < 0.5 ? 1 : 200_000);
          await sweepDeletions({ ...home, eraseHistory: async () => true }, options);
        },
      };
      const names = Object.keys(doing);
      for (let step = 0; step < 12; step += 1) {
        // Two at a time, interleaved as the store lets them.
        const pair = [
          names[Math.floor(random() * names.length)] ?? '',
          names[Math.floor(random() * names.length)] ?? '',
        ];
        // A submission and a deletion at once have no order that the test could know.
        const isRace = random() < 0.4 && !pair.includes('submit');
        const taken = pair.slice(0, isRace ? 2 : 1);
        log.push(taken.join('+'));
        await Promise.all(taken.map((name) => doing[name]?.().catch(() => null)));
      }
      for (let settle = 0; settle < 6; settle += 1) {
        await takeIn();
        await stream();
        await home.clock.advance(400_000);
        await sweepDeletions({ ...home, eraseHistory: async () => true }, options);
      }
      const current = await home.jobs.current(image_id);
      const said = `${log.join(', ')} (seed ${SEED}, round ${round})`;
      if (lastAcknowledged === 'deleted') {
        expect(await leftOf(image_id), said).toEqual([]);
        expect(current, said).toBeNull();
      } else {
        expect(current, said).not.toBeNull();
        expect(await home.raw.head(rawKey(image_id)), said).not.toBeNull();
        expect(await home.uploads.get(image_id, 'local'), said).not.toBeNull();
        for (const record of await home.receipts.ofImage(image_id)) {
          expect(await home.receipts.document(record), said).toBeTruthy();
        }
      }
    }
  }, 120_000);
});

function fail(): never {
  throw new Error('there is no receipt');
}
