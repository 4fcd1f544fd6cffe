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
  submit,
  type TestHome,
} from '@slipstream/pipeline/testing';
import { grantOfToken } from '@slipstream/shared';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApi } from '../src/index.ts';

let home: TestHome;
beforeEach(async () => {
  home = await openTestHome();
});
afterEach(() => home.close());

interface Page {
  readonly failures?: readonly { readonly image_id: string }[];
  readonly receipts?: readonly { readonly image_id: string }[];
  readonly cursor: string | null;
}
const ask = (caller: string, path: string) =>
  createApi({ ...home, imageBytesMax: 10_000, grant: () => grantOfToken(caller, undefined) }).request(path);
const page = async (caller: string, path: string) => (await (await ask(caller, path)).json()) as Page;

/** One image that fails; the later ones of the list are of the later calls. */
async function failed(caller: string, name: string): Promise<string> {
  const image_id = await submit(home, Buffer.from(`no image ${name}`), caller);
  await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
  await home.clock.advance(1_000);
  return image_id;
}

async function receipt(caller: string, name: string, lines: readonly string[]): Promise<void> {
  const image_id = await submit(home, png(name), caller);
  await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
  const job = await publish(home, image_id, lines);
  await home.queues['ocr-results-queue'].send({ image_id, job_id: job.job_id });
  await home.drain(home.queues['ocr-results-queue'], createProcessOcrResults(home));
  await createStreamProcessor(home)(await changesOf(home), context());
}

describe('the cursors of the API', () => {
  it('of failures tell nothing of other callers, in whatever way they are decoded', async () => {
    const others = [await failed('bob', '1'), await failed('bob', '2')];
    const own = await failed('ada', '3');
    others.push(await failed('bob', '4'));
    const first = await page('ada', '/failures?limit=1');
    expect(first.failures).toMatchObject([{ image_id: own }]);
    const cursor = first.cursor ?? '';
    const readings = (['utf8', 'latin1', 'hex', 'base64'] as const).map((encoding) =>
      Buffer.from(cursor, 'base64url').toString(encoding),
    );
    for (const image_id of [...others, own])
      for (const reading of [cursor, ...readings]) {
        expect(reading).not.toContain(image_id);
        expect(reading).not.toContain(image_id.replaceAll('-', ''));
      }
    expect(await page('ada', `/failures?limit=1&cursor=${cursor}`)).toEqual({ failures: [], cursor: null });
  });

  it('open for the caller, the route and the filter that they were made for', async () => {
    await receipt('ada', 'a', CAFE);
    await receipt('ada', 'b', CAFE);
    await failed('ada', '1');
    await failed('ada', '2');
    const receipts = (await page('ada', '/receipts?limit=1&from=2026-01-01')).cursor;
    const failures = (await page('ada', '/failures?limit=1')).cursor;
    expect(receipts).not.toBeNull();
    expect(failures).not.toBeNull();
    expect((await ask('ada', `/receipts?limit=1&from=2026-01-01&cursor=${receipts}`)).status).toBe(200);
    expect((await ask('ada', `/failures?limit=7&cursor=${failures}`)).status).toBe(200);
    const changed = `${receipts}`.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    for (const [caller, path] of [
      ['bob', `/receipts?limit=1&from=2026-01-01&cursor=${receipts}`],
      ['bob', `/failures?limit=1&cursor=${failures}`],
      ['ada', `/receipts?limit=1&cursor=${receipts}`],
      ['ada', `/receipts?limit=1&from=2026-01-02&cursor=${receipts}`],
      ['ada', `/receipts?limit=1&from=2026-01-01&status=VALID&cursor=${receipts}`],
      ['ada', `/receipts?limit=1&cursor=${failures}`],
      ['ada', `/failures?limit=1&cursor=${receipts}`],
      ['ada', `/receipts?limit=1&from=2026-01-01&cursor=${changed}A`],
      ['ada', '/failures?cursor=abc'],
      ['ada', '/failures?cursor='],
    ] as const) {
      const answer = await ask(caller, path);
      expect(answer.status, path).toBe(400);
      expect(await answer.json()).toMatchObject({ code: 'CURSOR_INVALID' });
    }
  });

  it('are good in every process of a deployment', async () => {
    await failed('ada', '1');
    await failed('ada', '2');
    const { cursor } = await page('ada', '/failures?limit=1');
    const { Secrets } = await import('@slipstream/records');
    const other = { ...home, secrets: new Secrets(home.records, home.clock) };
    const api = createApi({ ...other, imageBytesMax: 10_000, grant: () => grantOfToken('ada', undefined) });
    expect((await api.request(`/failures?limit=1&cursor=${cursor}`)).status).toBe(200);
  });
});
