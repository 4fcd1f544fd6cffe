import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Catalogue, openSqliteCatalogue } from '@slipstream/catalogue';
import { cataloguePorts, rebuildCatalogue } from '@slipstream/pipeline/catalogue';
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
import { grantOfToken } from '@slipstream/shared';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApi } from '../src/create-api.ts';

const DINER = ['      BLUE DINER INC', '14/04/2026', 'Pancakes             8.00', 'TOTAL                8.00'];
let home: TestHome;
let catalogue: Catalogue;
let folder = '';
let api: ReturnType<typeof createApi>;
const grant = ({ headers }: Request) => grantOfToken(headers.get('x-test-caller') ?? '', undefined);

beforeEach(async () => {
  home = await openTestHome();
  folder = await mkdtemp(join(tmpdir(), 'slipstream-search-'));
  catalogue = openSqliteCatalogue({ folder, inProcess: true });
  api = createApi({ ...home, imageBytesMax: 10_000, grant, catalogue });
});
afterEach(async () => {
  await catalogue.close();
  await home.close();
  await rm(folder, { recursive: true });
});

async function read(sender: string, name: string, lines: readonly string[]): Promise<string> {
  const image_id = await submit(home, png(name), sender);
  await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
  const { job_id } = await publish(home, image_id, lines);
  await createProcessOcrResults(home)([received('m', JSON.stringify({ image_id, job_id }))], context());
  await createStreamProcessor(home)(await changesOf(home), context());
  return image_id;
}
const fill = () => rebuildCatalogue(cataloguePorts(home, catalogue), catalogue);
async function ask(caller: string, path: string, of = api) {
  const answer = await of.request(path, { headers: { 'x-test-caller': caller } });
  const body = (await answer.json()) as {
    receipts: { image_id: string }[];
    cursor: string | null;
    code: string;
    detail: string;
    rows: object[];
  };
  return { status: answer.status, headers: answer.headers, ...body };
}
const ids = async (caller: string, query: string) =>
  (await ask(caller, `/receipts?${query}`)).receipts.map(({ image_id }) => image_id);

describe('search and sums', () => {
  it('are over the caller’s own receipts alone', async () => {
    const [hers, his] = [await read('ada', 'a', CAFE), await read('bob', 'a', CAFE)];
    const diner = await read('bob', 'b', DINER);
    await fill();
    expect(hers).not.toBe(his);
    expect(await ids('ada', 'q=harbour')).toEqual([hers]);
    expect(await ids('bob', 'q=harbour')).toEqual([his]);
    expect(await ids('ada', 'q=pancakes')).toEqual([]);
    expect(await ids('bob', 'sort=total')).toEqual([his, diner]);
    expect(await ids('ada', 'merchant=diner')).toEqual([]);
    expect(await ids('nobody', 'sort=total')).toEqual([]);
    expect((await ask('ada', '/spending')).rows).toMatchObject([{ key: '2026-03', amount: '7.50', receipts: 1 }]);
    expect((await ask('bob', '/spending?by=month')).rows).toHaveLength(2);
    expect((await ask('nobody', '/spending')).rows).toEqual([]);
  });

  it('a cursor is of one caller, one question and one order', async () => {
    for (const name of ['a', 'b', 'c']) await read('ada', name, [...CAFE, name]);
    await read('bob', 'a', CAFE);
    await fill();
    const first = await ask('ada', '/receipts?sort=total&min=1&limit=2');
    const cursor = encodeURIComponent(first.cursor ?? '');
    const rest = await ask('ada', `/receipts?min=1&sort=total&limit=2&cursor=${cursor}`);
    expect(new Set([...first.receipts, ...rest.receipts].map(({ image_id }) => image_id)).size).toBe(3);
    for (const [caller, query] of [
      ['bob', 'sort=total&min=1'],
      ['ada', 'sort=-total&min=1'],
      ['ada', 'sort=total&min=2'],
      ['ada', 'sort=total'],
      ['ada', 'q=harbour&sort=total&min=1'],
    ] as const)
      expect(await ask(caller, `/receipts?${query}&cursor=${cursor}`)).toMatchObject({
        status: 400,
        code: 'CURSOR_INVALID',
      });
  });

  it.each([
    ['/receipts?from=2026-02-30', /no such day/],
    ['/receipts?q=flat&from=2026-02-02&to=2026-02-01', /No day lies between/],
    ['/receipts?min=3&max=2.99', /No amount lies between/],
    ['/receipts?min=1e30', /min/],
    ['/receipts?max=0x10', /max/],
    ['/receipts?currency=euro', /currency/],
    ['/receipts?sort=newest', /sort/],
    ['/receipts?q=%20', /Ask for a word/],
    [`/receipts?q=${'a%20'.repeat(101)}`, /q/],
    ['/receipts?sort=total&cursor=x', /cursor/],
    ['/spending?by=day', /by/],
    ['/spending?limit=0', /limit/],
    ['/spending?from=2026-02-02&to=2026-02-01', /No day lies between/],
  ])('%s is an error of its own', async (path, sentence) => {
    await fill();
    const answer = await ask('ada', path);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.detail).toMatch(sentence);
  });

  it('while the catalogue is made, lists by date and status work; all else says how far it is', async () => {
    const image_id = await read('ada', 'a', CAFE);
    expect(await ids('ada', 'from=2026-01-01&status=NEW')).toEqual([image_id]);
    const asked = await ask('ada', '/receipts?q=harbour');
    expect(asked).toMatchObject({ status: 503, code: 'CATALOGUE_BUILDING' });
    expect(asked.headers.get('retry-after')).toBe('5');
    expect(await ask('ada', '/spending')).toMatchObject({ status: 503, code: 'CATALOGUE_BUILDING' });
    await fill();
    expect(await ids('ada', 'q=harbour')).toEqual([image_id]);
  });

  it('without a catalogue, date, status and merchant work on the records’ own lists; all else is answered with 501', async () => {
    const without = createApi({ ...home, imageBytesMax: 10_000, grant });
    const [cafe, diner] = [await read('ada', 'a', CAFE), await read('ada', 'b', DINER)];
    await read('bob', 'b', DINER);
    const listed = async (query: string) =>
      (await ask('ada', `/receipts?${query}`, without)).receipts.map(({ image_id }) => image_id);
    expect(await listed('merchant=diner')).toEqual([diner]);
    expect(await listed('to=2026-03-31')).toEqual([cafe]);
    for (const path of [
      '/receipts?q=flat',
      '/receipts?min=1',
      '/receipts?sort=total',
      '/receipts?tag=x',
      '/spending',
    ]) {
      const answer = await ask('ada', path, without);
      expect(answer, path).toMatchObject({ status: 501, code: 'CATALOGUE_OFF' });
    }
  });

  it('a receipt that is gone since is in no list, whatever the catalogue still says', async () => {
    const image_id = await read('ada', 'a', CAFE);
    await fill();
    const [record] = await home.receipts.ofImage(image_id);
    if (!record) throw new Error('no receipt');
    await home.records.write({ kind: 'delete', key: { pk: record.pk, sk: record.sk } });
    expect(await ids('ada', 'q=harbour')).toEqual([]);
  });
});
