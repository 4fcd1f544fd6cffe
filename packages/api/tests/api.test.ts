import { createProcessOcrResults } from '@slipstream/pipeline/process-ocr-results';
import { createStreamProcessor } from '@slipstream/pipeline/stream-processor';
import { createSubmitJob } from '@slipstream/pipeline/submit-job';
import {
  CAFE,
  changesOf,
  context,
  openTestHome,
  png,
  publish,
  received,
  submit,
  type TestHome,
} from '@slipstream/pipeline/testing';
import { sha256Hex } from '@slipstream/runtime';
import { imageIdOf, LOCAL_GRANT, SlipstreamError } from '@slipstream/shared';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApi } from '../src/create-api.ts';

let home: TestHome;
let api: ReturnType<typeof createApi>;
beforeEach(async () => {
  home = await openTestHome();
  api = createApi({ ...home, imageBytesMax: 10_000, grant: () => LOCAL_GRANT });
});
afterEach(() => home.close());

async function completed(name = 'a', lines = CAFE, sender = 'local'): Promise<string> {
  const image_id = await submit(home, png(name), sender);
  await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
  const job = await publish(home, image_id, lines);
  await createProcessOcrResults(home)([received('m', JSON.stringify({ image_id, job_id: job.job_id }))], context());
  await createStreamProcessor(home)(await changesOf(home), context());
  return image_id;
}
const problemOf = async (response: Response) => {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  return (await response.json()) as { code: string; status: number; detail: string };
};

it('GET /health answers a request without a token; nothing else does', async () => {
  const open = createApi({
    ...home,
    imageBytesMax: 10_000,
    grant: () => {
      throw new SlipstreamError('CALLER_UNKNOWN', 'no token');
    },
  });
  const health = await open.request('/health');
  expect({ status: health.status, body: await health.json() }).toEqual({ status: 200, body: { status: 'ok' } });
  for (const path of ['/health/', '/receipts', '/openapi.json', '/images/x'])
    expect((await open.request(path)).status, path).toBe(401);
  expect((await open.request('/health', { method: 'POST' })).status).toBe(401);
});

describe('POST /images', () => {
  it('takes the bytes, and the same bytes once', async () => {
    const post = () => api.request('/images?file_name=cafe.png', { method: 'POST', body: Buffer.from(png('a')) });
    const first = await post();
    expect(first.status).toBe(202);
    expect(await first.json()).toEqual({ image_id: imageIdOf(sha256Hex(png('a'))), created: true });
    expect(await (await post()).json()).toMatchObject({ created: false });
    expect(await home.queues['uploads-queue'].depth()).toMatchObject({ ready: 1 });
  });

  it('refuses an empty body, and a large one without holding it', async () => {
    expect(await problemOf(await api.request('/images', { method: 'POST' }))).toMatchObject({
      code: 'IMAGE_EMPTY',
      status: 422,
    });
    let produced = 0;
    const body = new ReadableStream({
      pull: (controller) => {
        produced += 4_096;
        controller.enqueue(new Uint8Array(4_096));
      },
    });
    const request = new Request('http://localhost/images', { method: 'POST', body, duplex: 'half' } as RequestInit);
    expect(await problemOf(await api.request(request))).toMatchObject({ code: 'IMAGE_TOO_LARGE', status: 413 });
    expect(produced).toBeLessThan(40_000);
  });
});

describe('GET', () => {
  it('/images/{image_id} shows the image, its job and its receipts', async () => {
    const image_id = await completed();
    const response = await api.request(`/images/${image_id}`);
    expect(await response.json()).toMatchObject({
      image_id,
      file_name: 'receipt.png',
      content_type: 'png',
      job: { status: 'COMPLETED', reason: null },
      receipts: [{ receipt_id: '00001', total: '7.50', date: '2026-03-14' }],
    });
  });

  it('/images/{image_id}/original gives the very bytes, and never as a page', async () => {
    const response = await api.request(`/images/${await completed()}/original`);
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(Buffer.from(await response.arrayBuffer())).toEqual(Buffer.from(png('a')));
  });

  it('/receipts pages through, filters by day and status, and refuses a foreign cursor', async () => {
    await completed('a');
    await completed(
      'b',
      CAFE.map((line) => line.replace('14/03/2026', '20/04/2026')),
    );
    await completed(
      'c',
      CAFE.map((line) => line.replace('14/03/2026', '21/05/2026')),
    );
    const dates: unknown[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor ? `?limit=2&cursor=${encodeURIComponent(cursor)}` : '?limit=2';
      const page = (await (await api.request(`/receipts${query}`)).json()) as {
        receipts: { date: string }[];
        cursor: string | null;
      };
      dates.push(...page.receipts.map((receipt) => receipt.date));
      cursor = page.cursor;
    } while (cursor);
    expect(dates).toEqual(['2026-05-21', '2026-04-20', '2026-03-14']);
    const april = (await (await api.request('/receipts?from=2026-04-20&to=2026-04-20')).json()) as {
      receipts: unknown[];
    };
    expect(april.receipts).toHaveLength(1);
    const valid = (await (await api.request('/receipts?status=VALID')).json()) as { receipts: unknown[] };
    expect(valid.receipts).toEqual([]);
    expect(await problemOf(await api.request('/receipts?cursor=bm9wZQ'))).toMatchObject({
      code: 'CURSOR_INVALID',
      status: 400,
    });
  });

  it('/receipts/{image_id}/{n} takes 1 as well as 00001', async () => {
    const image_id = await completed();
    for (const number of ['1', '00001']) {
      const detail = (await (await api.request(`/receipts/${image_id}/${number}`)).json()) as {
        document: { total: { value: string } };
      };
      expect(detail.document.total.value).toBe('7.50');
    }
    expect(await problemOf(await api.request(`/receipts/${image_id}/2`))).toMatchObject({
      code: 'NOT_FOUND',
      status: 404,
    });
  });

  it.each([
    '/receipts?limit=0',
    '/receipts?from=yesterday',
    '/receipts?status=SOLD',
    '/images/7',
    '/images/..%2f..%2fetc',
  ])('%s is refused with a problem', async (path) => {
    expect(await problemOf(await api.request(path))).toMatchObject({ code: 'REQUEST_INVALID', status: 400 });
  });

  it('/nowhere is a problem that tells where to look', async () => {
    expect((await problemOf(await api.request('/nowhere'))).detail).toContain('/openapi.json');
  });

  it('/openapi.json describes every route, with the schemas of the contracts', async () => {
    const document = (await (await api.request('/openapi.json')).json()) as {
      paths: object;
      components: { schemas: object };
    };
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining([
        '/images',
        '/images/{image_id}',
        '/images/{image_id}/original',
        '/images/{image_id}/reprocess',
        '/receipts',
        '/receipts/{image_id}/{receipt_id}',
      ]),
    );
    expect(Object.keys(document.components.schemas)).toEqual(
      expect.arrayContaining(['Image', 'Job', 'Problem', 'ReceiptDetail']),
    );
  });

  it('/events is only for a home that can hold a stream open', async () => {
    expect((await api.request('/events')).status).toBe(404);
  });
});

describe('POST /images/{image_id}/reprocess', () => {
  it('makes a new job once the last has ended, and only sends on one that is on its way', async () => {
    const image_id = await completed();
    const again = () => api.request(`/images/${image_id}/reprocess`, { method: 'POST' });
    expect(await (await again()).json()).toMatchObject({ generation: 2, status: 'PENDING' });
    expect(await (await again()).json()).toMatchObject({ generation: 2, status: 'PENDING' });
    expect((await home.jobs.image(image_id))?.generation).toBe(2);
  });
});

it('an unexpected error tells nothing of itself, but the log does', async () => {
  const image_id = await submit(home, png('a'));
  const jobs = Object.create(home.jobs, {
    current: { value: () => Promise.reject(new Error('secret of the inside')) },
  });
  const broken = createApi({ ...home, jobs, imageBytesMax: 10_000, grant: () => LOCAL_GRANT });
  const problem = await problemOf(await broken.request(`/images/${image_id}`));
  expect(problem).toMatchObject({ code: 'INTERNAL', status: 500 });
  expect(JSON.stringify(problem)).not.toContain('secret');
  expect(JSON.stringify(home.logged)).toContain('secret of the inside');
});
