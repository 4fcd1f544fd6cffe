import { createProcessOcrResults } from '@slipstream/pipeline/process-ocr-results';
import { createSubmitJob } from '@slipstream/pipeline/submit-job';
import { createSweeper } from '@slipstream/pipeline/sweeper';
import { CAFE, context, ocrDocument, openTestHome, png, submit, type TestHome } from '@slipstream/pipeline/testing';
import { Agents, putDocument, REREADS_MAX } from '@slipstream/records';
import { LOCAL_GRANT, ocrDocumentKey, ocrDocumentSchema, recordKeys } from '@slipstream/shared';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApi } from '../src/create-api.ts';

let home: TestHome;
beforeEach(async () => {
  home = await openTestHome();
});
afterEach(() => home.close());

/** What an agent publishes of the newest job, and what is made of it. */
async function read(imageId: string, degraded?: string): Promise<void> {
  const current = await home.jobs.current(imageId);
  if (!current) throw new Error('there is no job');
  const claimant = { owner: 'test', expires_at: home.clock.now() + 60_000 };
  const claim = await home.jobs.claim(imageId, current.job.job_id, claimant);
  if (claim.kind !== 'claimed') throw new Error(`the job is ${claim.kind}`);
  const key = ocrDocumentKey(imageId, claim.job.job_id, claim.job.attempt);
  const document = ocrDocument(current.image.sha256 ?? '', CAFE);
  const level = degraded ? 'fast' : 'accurate';
  const engine = { ...document.engine, name: 'apple-vision', level, ...(degraded ? { degraded } : {}) };
  await putDocument(home.artifacts, key, ocrDocumentSchema, { ...document, engine });
  await home.jobs.publish(claim.job, key);
  await home.queues['ocr-results-queue'].send({ image_id: imageId, job_id: claim.job.job_id });
  await home.drain(home.queues['ocr-results-queue'], createProcessOcrResults(home));
}

async function taken(name: string): Promise<string> {
  const image_id = await submit(home, png(name));
  await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
  return image_id;
}

async function agent(health: 'ok' | 'degraded', engine = 'apple-vision'): Promise<void> {
  const news = {
    agent_id: 'mac',
    host: 'mac',
    pid: 1,
    version: '1',
    engine,
    engine_version: '1',
    state: 'idle',
    health,
    in_hand: 0,
    done: 0,
    failed: 0,
    started_at: new Date(home.clock.now()).toISOString(),
  };
  await new Agents(home.records, home.clock).report(news, 600_000);
}
const sweep = () => createSweeper(home)(context());
const generation = async (imageId: string) => (await home.jobs.current(imageId))?.job.generation;

describe('receipts that were read by an engine that was not well', () => {
  it('say so, in document, record and API', async () => {
    const image_id = await taken('a');
    await read(image_id, 'its accurate level fails');
    const api = createApi({ ...home, imageBytesMax: 10_000, grant: () => LOCAL_GRANT });
    const { receipts } = (await (await api.request(`/images/${image_id}`)).json()) as { receipts: object[] };
    const engine = { name: 'apple-vision', level: 'fast', degraded: true };
    expect(receipts).toMatchObject([{ engine }]);
    const detail = await (await api.request(`/receipts/${image_id}/1`)).json();
    expect(detail).toMatchObject({ engine, document: { engine } });
    const well = await taken('b');
    await read(well);
    expect(await (await api.request(`/receipts/${well}/1`)).json()).toMatchObject({
      engine: { name: 'apple-vision', level: 'accurate', degraded: false },
    });
  });

  it('are listed by themselves, or left out', async () => {
    const [degraded, well] = [await taken('a'), await taken('b')];
    await read(degraded, 'its accurate level fails');
    await read(well);
    for (const record of [...(await home.receipts.ofImage(degraded)), ...(await home.receipts.ofImage(well))]) {
      await home.callerReceipts.followReceipt(null, record);
    }
    const api = createApi({ ...home, imageBytesMax: 10_000, grant: () => LOCAL_GRANT });
    const listed = async (query: string) => {
      const page = (await (await api.request(`/receipts${query}`)).json()) as { receipts: { image_id: string }[] };
      return page.receipts.map(({ image_id }) => image_id).toSorted();
    };
    expect(await listed('?degraded=true')).toEqual([degraded]);
    expect(await listed('?degraded=false')).toEqual([well]);
    expect(await listed('')).toEqual([degraded, well].toSorted());
    expect((await api.request('/receipts?degraded=perhaps')).status).toBe(400);
    const { items } = await home.receipts.list({ limit: 10, degraded: true });
    expect(items.map(({ image_id }) => image_id)).toEqual([degraded]);
  });

  it('are read again once the engine is well, and then are not any more', async () => {
    const image_id = await taken('a');
    await read(image_id, 'its accurate level fails');
    await agent('degraded');
    expect(await sweep()).toMatchObject({ rereads_sent: 0, engines_degraded: 1 });
    await agent('ok');
    expect(await sweep()).toMatchObject({ rereads_sent: 1, engines_degraded: 0 });
    expect(await generation(image_id)).toBe(2);
    // On its way: not sent twice.
    expect(await sweep()).toMatchObject({ rereads_sent: 0 });
    await read(image_id);
    expect(await home.degradedReadings.get(image_id)).toBeNull();
    expect((await home.receipts.ofImage(image_id))[0]).toMatchObject({ engine_degraded: false });
    expect(await sweep()).toMatchObject({ rereads_sent: 0 });
  });

  it('are left alone by an engine that is no better', async () => {
    const image_id = await taken('a');
    await read(image_id, 'its accurate level fails');
    await agent('ok', 'tesseract');
    expect(await sweep()).toMatchObject({ rereads_sent: 0 });
    expect(await generation(image_id)).toBe(1);
  });

  it('are read again a few times only', async () => {
    const image_id = await taken('a');
    await read(image_id, 'its accurate level fails');
    await agent('ok');
    for (let reread = 0; reread < REREADS_MAX; reread += 1) {
      expect(await sweep()).toMatchObject({ rereads_sent: 1 });
      await read(image_id, 'its accurate level fails again');
    }
    expect(await sweep()).toMatchObject({ rereads_sent: 0 });
    expect(await home.degradedReadings.get(image_id)).toMatchObject({ rereads: REREADS_MAX });
  });

  it('are read again though the record of another is damaged', async () => {
    const [damaged, well] = [await taken('a'), await taken('b')];
    await read(damaged, 'its accurate level fails');
    await home.clock.advance(1);
    await read(well, 'its accurate level fails');
    const key = recordKeys.degradedReading(damaged);
    await home.records.write({ kind: 'update', key, set: { rereads: 'many' } });
    await agent('ok');
    expect(await sweep()).toMatchObject({ rereads_sent: 1, skipped: 1 });
    expect(await generation(well)).toBe(2);
  });

  it('are read again a few at a time', async () => {
    for (let number = 0; number < 25; number += 1) await read(await taken(String(number)), 'its accurate level fails');
    await agent('ok');
    expect(await sweep()).toMatchObject({ rereads_sent: 20 });
    expect(await sweep()).toMatchObject({ rereads_sent: 5 });
  });
});
