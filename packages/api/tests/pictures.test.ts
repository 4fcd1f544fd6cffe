import { createProcessOcrResults } from '@slipstream/pipeline/process-ocr-results';
import { createSubmitJob } from '@slipstream/pipeline/submit-job';
import { CAFE, ocrDocument, openTestHome, png, submit, type TestHome } from '@slipstream/pipeline/testing';
import { putDocument } from '@slipstream/records';
import { type AccessGrant, LOCAL_GRANT, ocrDocumentKey, ocrDocumentSchema, viewKey } from '@slipstream/shared';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApi } from '../src/create-api.ts';

let home: TestHome;
let image_id: string;
beforeEach(async () => {
  home = await openTestHome();
  image_id = await submit(home, png('a'));
  await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
});
afterEach(() => home.close());

async function read(): Promise<void> {
  const current = await home.jobs.current(image_id);
  if (!current) throw new Error('there is no job');
  const claim = await home.jobs.claim(image_id, current.job.job_id, {
    owner: 'test',
    expires_at: Number.MAX_SAFE_INTEGER,
  });
  if (claim.kind !== 'claimed') throw new Error(`the job is ${claim.kind}`);
  const key = ocrDocumentKey(image_id, claim.job.job_id, claim.job.attempt);
  await putDocument(home.artifacts, key, ocrDocumentSchema, ocrDocument(current.image.sha256 ?? '', CAFE));
  for (const size of ['full', 'thumb'] as const)
    await home.artifacts.put(viewKey(image_id, 0, size), Buffer.from(`${size} page`));
  await home.jobs.publish(claim.job, key);
  await home.queues['ocr-results-queue'].send({ image_id, job_id: claim.job.job_id });
  await home.drain(home.queues['ocr-results-queue'], createProcessOcrResults(home));
}

const api = (grant: AccessGrant = LOCAL_GRANT) => createApi({ ...home, imageBytesMax: 10_000, grant: () => grant });
const get = (path: string, grant?: AccessGrant) => api(grant).request(`/images/${image_id}/${path}`);

describe('what a person sees of an image', () => {
  it('is its pages, full and small, which no browser takes for anything but a picture', async () => {
    await read();
    const full = await get('pages/0');
    expect([full.status, await full.text()]).toEqual([200, 'full page']);
    expect(Object.fromEntries(full.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    expect(await (await get('pages/0?size=thumb')).text()).toBe('thumb page');
  });

  it('is the text, in which the words of each field are found', async () => {
    await read();
    const text = (await (await get('text')).json()) as { lines: { words: { text: string }[] }[] };
    const { document } = (await (await api().request(`/receipts/${image_id}/1`)).json()) as {
      document: { total: { text: string; words: [number, number][] } };
    };
    const words = document.total.words.map(([line, word]) => text.lines[line]?.words[word]?.text ?? '');
    expect(words.length).toBeGreaterThan(0);
    expect(words.join('')).toContain(document.total.text);
  });

  it('stays while the image is read again', async () => {
    await read();
    const before = await (await get('text')).json();
    await home.jobs.reprocess(image_id, 'again');
    expect(await (await get('text')).json()).toEqual(before);
  });

  it.each(['pages/0', 'pages/7', 'text'])(
    '%s of an image that was not read yet is not there, and says so',
    async (path) => {
      const answer = await get(path);
      expect(answer.status).toBe(404);
      expect(((await answer.json()) as { detail: string }).detail).toContain('has not been read yet');
    },
  );

  it.each(['pages/-1', 'pages/20', 'pages/x', 'pages/0?size=huge'])('%s is refused', async (path) => {
    await read();
    expect((await get(path)).status).toBe(400);
  });

  it.each(['pages/0', 'text'])('%s is for those only who sent the image', async (path) => {
    await read();
    expect((await get(path, { ...LOCAL_GRANT, caller: 'another', owner_id: 'another' })).status).toBe(404);
  });
});
