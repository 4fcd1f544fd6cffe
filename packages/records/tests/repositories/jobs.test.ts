import { DEFAULT_OWNER, imageIdOf, jobIdOf, type OcrJobRecord, rawKey, recordKeys } from '@slipstream/shared';
import { FakeClock, MemoryRecordStore } from '@slipstream/testing';
import { describe, expect, it } from 'vitest';
import { JOB_FAILURES_MAX, Jobs } from '../../src/repositories/jobs.ts';

const IMAGE_ID = imageIdOf('a'.repeat(64));
const FAILURE = { code: 'ENGINE_FAILED', message: 'The engine failed.' };
const LEASE_MS = 60_000;

async function home() {
  const clock = new FakeClock();
  const records = new MemoryRecordStore();
  const jobs = new Jobs(records, clock);
  const image = { image_id: IMAGE_ID, owner_id: DEFAULT_OWNER, s3_bucket: 'raw', s3_key: rawKey(IMAGE_ID), size: 10 };
  const { job } = await jobs.create(image, 'c-1');
  const claim = (owner: string, isGone?: (other: string) => boolean) =>
    jobs.claim(IMAGE_ID, job.job_id, {
      owner,
      expires_at: clock.now() + LEASE_MS,
      ...(isGone ? { isGone } : {}),
    });
  const claimed = async (owner: string): Promise<OcrJobRecord> => {
    const claimOf = await claim(owner);
    if (claimOf.kind !== 'claimed') throw new Error(`not claimed: ${claimOf.kind}`);
    return claimOf.job;
  };
  return { clock, records, jobs, image, job, claim, claimed };
}

describe('claiming a job', () => {
  it('makes it RUNNING with the next attempt, and moves its index key in the same write', async () => {
    const { claimed, jobs } = await home();
    const job = await claimed('a');
    expect(job).toMatchObject({ status: 'RUNNING', owner: 'a', attempt: 1, gsi1pk: 'OCR_JOB#RUNNING' });
    expect((await jobs.list('PENDING', { limit: 10 })).items).toEqual([]);
    expect((await jobs.list('RUNNING', { limit: 10 })).items).toHaveLength(1);
  });

  it('is refused while somebody else holds it, and allowed from the moment when their time is over', async () => {
    const { claim, claimed, clock } = await home();
    await claimed('a');
    expect(await claim('b')).toMatchObject({ kind: 'held', expires_at: clock.now() + LEASE_MS });
    await clock.advance(LEASE_MS - 1);
    expect(await claim('b')).toMatchObject({ kind: 'held' });
    await clock.advance(1);
    expect(await claim('b')).toMatchObject({ kind: 'claimed', job: { owner: 'b', attempt: 2 } });
  });

  it('takes the job of an owner that is known to be gone at once', async () => {
    const { claim, claimed } = await home();
    await claimed('a');
    expect(await claim('b', (owner) => owner === 'a')).toMatchObject({ kind: 'claimed', job: { attempt: 2 } });
  });

  it('lets one of two claimants win who saw the same record', async () => {
    const { claim } = await home();
    const kinds = (await Promise.all([claim('a'), claim('b'), claim('c')])).map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual(['claimed', 'held', 'held']);
  });

  it('says that there is no such job', async () => {
    const { jobs } = await home();
    const claim = jobs.claim(IMAGE_ID, jobIdOf(IMAGE_ID, 7), { owner: 'a', expires_at: 1 });
    await expect(claim).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' });
  });

  it.each(['OCR_DONE', 'FAILED'] as const)('finds a job that is %s settled', async (status) => {
    const { claim, claimed, jobs } = await home();
    const job = await claimed('a');
    await (status === 'FAILED' ? jobs.failOwned(job, FAILURE) : jobs.publish(job, 'doc'));
    expect(await claim('b')).toMatchObject({ kind: 'settled', job: { status } });
  });
});

describe('publishing', () => {
  it('names the document, opens the routing and lets the claim go, once', async () => {
    const { claimed, jobs, records, job } = await home();
    const running = await claimed('a');
    const published = await jobs.publish(running, 'doc-1');
    expect(published).toMatchObject({ status: 'OCR_DONE', document_key: 'doc-1' });
    expect(published).not.toHaveProperty('owner');
    expect(await records.get(recordKeys.routing(IMAGE_ID, job.job_id))).toMatchObject({ status: 'PENDING' });
    expect(await jobs.publish(running, 'doc-2')).toBeNull();
    expect(await jobs.get(IMAGE_ID, job.job_id)).toMatchObject({ document_key: 'doc-1' });
  });

  it('is refused to an owner whose claim was taken over, even by itself', async () => {
    const { claim, claimed, clock, jobs } = await home();
    const first = await claimed('a');
    await clock.advance(LEASE_MS);
    const second = await claim('a');
    expect(await jobs.publish(first, 'doc-1')).toBeNull();
    expect(second.kind === 'claimed' && (await jobs.publish(second.job, 'doc-2'))).toMatchObject({
      document_key: 'doc-2',
    });
  });

  it('still holds for an owner that has renewed its claim since', async () => {
    const { claimed, clock, jobs } = await home();
    const job = await claimed('a');
    expect(await jobs.renew(job, clock.now() + 2 * LEASE_MS)).toBe(true);
    expect(await jobs.publish(job, 'doc-1')).toMatchObject({ status: 'OCR_DONE' });
  });
});

describe('renewing', () => {
  it('keeps others out for longer', async () => {
    const { claim, claimed, clock, jobs } = await home();
    const job = await claimed('a');
    await jobs.renew(job, clock.now() + 2 * LEASE_MS);
    await clock.advance(LEASE_MS);
    expect(await claim('b')).toMatchObject({ kind: 'held' });
  });

  it('is refused after the job was taken over, given back, published or failed', async () => {
    const { claim, claimed, clock, jobs } = await home();
    const first = await claimed('a');
    await clock.advance(LEASE_MS);
    const second = await claim('b');
    expect(await jobs.renew(first, clock.now() + LEASE_MS)).toBe(false);
    if (second.kind !== 'claimed') throw new Error('not claimed');
    await jobs.giveBack(second.job);
    expect(await jobs.renew(second.job, clock.now() + LEASE_MS)).toBe(false);
  });
});

describe('giving a job back', () => {
  it('counts nothing where nothing failed, however often', async () => {
    const { claimed, jobs } = await home();
    for (let sleep = 0; sleep < 3 * JOB_FAILURES_MAX; sleep += 1) {
      const left = await jobs.giveBack(await claimed('a'));
      expect(left).toMatchObject({ status: 'PENDING', attempts: 0, attempt: sleep + 1 });
      expect(left).not.toHaveProperty('owner');
    }
  });

  it('counts failures, keeps the last reason, and fails the job with the last one', async () => {
    const { claimed, jobs } = await home();
    for (let failures = 1; failures < JOB_FAILURES_MAX; failures += 1) {
      const left = await jobs.giveBack(await claimed('a'), FAILURE);
      expect(left).toMatchObject({ status: 'PENDING', attempts: failures, reason_code: FAILURE.code });
    }
    const failed = await jobs.giveBack(await claimed('a'), FAILURE);
    expect(failed).toMatchObject({ status: 'FAILED', attempts: JOB_FAILURES_MAX, gsi1pk: 'OCR_JOB#FAILED' });
    expect(failed?.reason_message).toContain(FAILURE.message);
  });

  it('is refused to an owner that was overtaken, and repeated it changes nothing', async () => {
    const { claim, claimed, clock, jobs, job } = await home();
    const first = await claimed('a');
    await clock.advance(LEASE_MS);
    await claim('b');
    expect(await jobs.giveBack(first, FAILURE)).toBeNull();
    expect(await jobs.get(IMAGE_ID, job.job_id)).toMatchObject({ status: 'RUNNING', owner: 'b', attempts: 0 });
  });
});

describe('failing a job', () => {
  it('works for the owner after a renewal, when the record has moved on', async () => {
    const { claimed, clock, jobs } = await home();
    const job = await claimed('a');
    await jobs.renew(job, clock.now() + 2 * LEASE_MS);
    expect(await jobs.fail(job, FAILURE)).toBeNull(); // for those who only saw the record
    expect(await jobs.failOwned(job, FAILURE)).toMatchObject({
      status: 'FAILED',
      attempts: 1,
      reason_code: FAILURE.code,
      gsi1pk: 'OCR_JOB#FAILED',
    });
  });

  it('is refused to an owner that was overtaken, and after the publication', async () => {
    const { claimed, jobs } = await home();
    const job = await claimed('a');
    await jobs.publish(job, 'doc');
    expect(await jobs.failOwned(job, FAILURE)).toBeNull();
  });
});

describe('reprocessing', () => {
  it('makes one new job of two calls at once, and none while one is on its way', async () => {
    const { claimed, jobs, job } = await home();
    expect(await jobs.reprocess(IMAGE_ID, 'c-2')).toMatchObject({ job_id: job.job_id });
    await jobs.failOwned(await claimed('a'), FAILURE);
    const [first, second] = await Promise.all([jobs.reprocess(IMAGE_ID, 'c-2'), jobs.reprocess(IMAGE_ID, 'c-3')]);
    expect(first.job_id).toBe(jobIdOf(IMAGE_ID, 2));
    expect(second.job_id).toBe(first.job_id);
  });
});

describe('creating', () => {
  it('leaves an image that is known as it is', async () => {
    const { image, job, jobs, claimed } = await home();
    await claimed('a');
    const again = await jobs.create(image, 'c-9');
    expect(again).toMatchObject({
      created: false,
      job: { job_id: job.job_id, status: 'RUNNING', correlation_id: 'c-1' },
    });
  });
});
