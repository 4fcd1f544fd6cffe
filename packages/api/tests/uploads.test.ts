import { createSubmitJob } from '@slipstream/pipeline/submit-job';
import { context, openTestHome, png, received, submit, type TestHome } from '@slipstream/pipeline/testing';
import { sha256Hex } from '@slipstream/runtime';
import { claimedKey, grantOfToken, imageIdOf, rawKey } from '@slipstream/shared';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApi } from '../src/index.ts';

let home: TestHome;
let api: ReturnType<typeof createApi>;
beforeEach(async () => {
  home = await openTestHome();
  // As in Lambda: one request takes less than an image may have.
  api = createApi({ ...home, imageBytesMax: 10_000, bodyBytesMax: 200, grant: () => grantOfToken('ada', undefined) });
});
afterEach(() => home.close());

const LARGE = Buffer.from(png('x'.repeat(1_000)));
const IMAGE_ID = imageIdOf(sha256Hex(LARGE), 'ada');
const BOBS_ID = imageIdOf(sha256Hex(LARGE), 'bob');
const announcement = { sha256: sha256Hex(LARGE), size: LARGE.length, type: 'png', file_name: 'large.png' };
const announce = (over: object = {}) =>
  api.request('/uploads', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...announcement, ...over }),
  });
const put = ({ url, headers }: { url: string; headers: Record<string, string> }, body: Buffer) =>
  home.store.acceptUpload(new Request(url, { method: 'PUT', headers, body: new Uint8Array(body) }));

describe('an image that is too large for one request', () => {
  it('is refused by POST /images, which says where to go', async () => {
    const response = await api.request('/images', { method: 'POST', body: LARGE });
    expect(response.status).toBe(413);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({
      detail: expect.stringContaining('POST /uploads {sha256, size, type}'),
    });
  });

  it('goes to a signed URL and from there into the flow, as its sender', async () => {
    const response = await announce();
    expect(response.status).toBe(201);
    const { image_id, upload } = (await response.json()) as { image_id: string; upload: Parameters<typeof put>[0] };
    expect(image_id).toBe(IMAGE_ID);
    await put(upload, LARGE);
    await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
    expect(await home.raw.head(rawKey(image_id))).toMatchObject({ size: LARGE.length });
    expect((await home.raw.list({ prefix: 'raw/', limit: 10 })).items).toHaveLength(1);
    expect(await (await api.request(`/images/${image_id}`)).json()).toMatchObject({
      file_name: 'large.png',
      job: { status: 'PENDING' },
    });
  });

  it('cannot be another one than was announced', async () => {
    const { upload } = (await (await announce()).json()) as { upload: Parameters<typeof put>[0] };
    const other = Buffer.from(LARGE);
    other[50] = 0;
    await expect(put(upload, other)).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
    expect((await home.raw.list({ prefix: 'raw/', limit: 10 })).items).toEqual([]);
  });

  it('of another is not seen for its hash and size, and the answer does not tell that it is here', async () => {
    const before = Object.keys((await (await announce()).json()) as object);
    await submit(home, LARGE, 'bob');
    await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
    const answer = (await (await announce()).json()) as { upload: object | null };
    expect(Object.keys(answer)).toEqual(before);
    expect(answer.upload).not.toBeNull();
    for (const id of [IMAGE_ID, BOBS_ID]) {
      for (const path of ['', '/original']) expect((await api.request(`/images/${id}${path}`)).status).toBe(404);
      expect((await api.request(`/images/${id}/reprocess`, { method: 'POST' })).status).toBe(404);
    }
    expect((await announce({ size: LARGE.length + 1 })).status).toBe(201);
  });

  it('of another of the same household becomes the own one with its bytes', async () => {
    const grant = { ...grantOfToken('ada', undefined), owner_id: 'bob' };
    api = createApi({ ...home, imageBytesMax: 10_000, bodyBytesMax: 200, grant: () => grant });
    await submit(home, LARGE, 'bob');
    await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
    const { upload } = (await (await announce()).json()) as { upload: Parameters<typeof put>[0] };
    await put(upload, LARGE);
    await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
    expect((await api.request(`/images/${BOBS_ID}`)).status).toBe(200);
    expect((await home.raw.list({ prefix: 'raw/', limit: 10 })).items).toHaveLength(1);
    expect((await home.jobs.current(BOBS_ID))?.job.generation).toBe(1);
  });

  it('and that another owner has too is a second one, which says whose it is', async () => {
    await submit(home, LARGE, 'bob');
    const { upload } = (await (await announce()).json()) as { upload: Parameters<typeof put>[0] };
    await put(upload, LARGE);
    await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
    for (const [id, owner] of [
      [IMAGE_ID, 'ada'],
      [BOBS_ID, 'bob'],
    ] as const) {
      expect(await home.jobs.image(id)).toMatchObject({ owner_id: owner, origin: { kind: 'upload' } });
      expect((await home.raw.head(rawKey(id)))?.metadata).toEqual({ owner });
    }
  });

  it('that others send later does not become the own one', async () => {
    await announce();
    await submit(home, LARGE, 'bob');
    await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
    expect((await api.request(`/images/${IMAGE_ID}`)).status).toBe(404);
  });

  it('that the caller sent before needs no upload', async () => {
    await submit(home, LARGE, 'ada');
    expect(await (await announce()).json()).toEqual({ image_id: IMAGE_ID, upload: null });
  });

  it('is adopted once, however often its event comes', async () => {
    const { upload } = (await (await announce()).json()) as { upload: Parameters<typeof put>[0] };
    await put(upload, LARGE);
    const [first] = await home.queues['uploads-queue'].receive({ max: 1, waitMs: 0, visibilityMs: 0 });
    for (let delivery = 0; delivery < 3; delivery += 1)
      await createSubmitJob(home)([received('again', first?.body ?? '')], context());
    expect(await home.jobs.current(IMAGE_ID)).toMatchObject({ job: { status: 'PENDING', generation: 1 } });
  });

  it('at a key without a claim is read by nobody', async () => {
    await home.raw.put(claimedKey(IMAGE_ID, IMAGE_ID), LARGE);
    await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
    expect(await home.jobs.current(IMAGE_ID)).toBeNull();
    expect((await home.queues['uploads-queue'].dead.list({ limit: 1 })).items).toMatchObject([
      { reason: { code: 'MESSAGE_KEY_INVALID' } },
    ]);
  });

  it.each([
    ['more bytes than are read', { size: 10_001 }, 413, 'IMAGE_TOO_LARGE'],
    ['no bytes', { size: 0 }, 400, 'REQUEST_INVALID'],
    ['another type', { type: 'docx' }, 400, 'REQUEST_INVALID'],
    ['no hash', { sha256: 'abc' }, 400, 'REQUEST_INVALID'],
  ])('with %s is refused', async (_, over, status, code) => {
    const response = await announce(over);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code });
  });
});

describe('an original that is too large for one answer', () => {
  const original = (range?: string) => api.request(`/images/${IMAGE_ID}/original`, range ? { headers: { range } } : {});
  beforeEach(async () => {
    await submit(home, LARGE, 'ada');
    await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
  });

  it('says that it has to be asked for in parts', async () => {
    const response = await original();
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ detail: expect.stringContaining('Range: bytes=0-199') });
  });

  it('comes in parts that make the whole', async () => {
    const parts: Buffer[] = [];
    for (let from = 0; from < LARGE.length; ) {
      const response = await original(`bytes=${from}-`);
      expect(response.status).toBe(206);
      const part = Buffer.from(await response.arrayBuffer());
      expect(response.headers.get('content-range')).toBe(`bytes ${from}-${from + part.length - 1}/${LARGE.length}`);
      parts.push(part);
      from += part.length;
    }
    expect(Buffer.concat(parts)).toEqual(LARGE);
  });

  it('gives its end when asked for it, and refuses what lies behind', async () => {
    expect(Buffer.from(await (await original('bytes=-5')).arrayBuffer())).toEqual(LARGE.subarray(-5));
    expect((await original(`bytes=${LARGE.length}-`)).status).toBe(416);
    expect((await original('bytes=9-3')).status).toBe(416);
    expect((await original('lines=1-2')).status).toBe(413);
  });
});
