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
import { createValidateReceipt } from '@slipstream/pipeline/validate-receipt';
import { grantOfToken } from '@slipstream/shared';
import { seededRandom } from '@slipstream/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApi } from '../src/create-api.ts';

let home: TestHome;
let api: ReturnType<typeof createApi>;
let image_id: string;
const grant = ({ headers }: Request) =>
  grantOfToken(headers.get('x-test-caller') ?? '', headers.get('x-test-scope') ?? undefined);

beforeEach(async () => {
  home = await openTestHome();
  api = createApi({ ...home, imageBytesMax: 10_000, grant });
  image_id = await submit(home, png('a'), 'ada');
  await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
  await read(CAFE);
});
afterEach(() => home.close());

async function read(lines: readonly string[]): Promise<void> {
  const job = await publish(home, image_id, lines);
  await createProcessOcrResults(home)([received('m', JSON.stringify({ image_id, job_id: job.job_id }))], context());
}
async function readAgain(lines: readonly string[]): Promise<void> {
  await home.jobs.reprocess(image_id, 'c');
  await read(lines);
}
const as = (caller: string, path: string, init: RequestInit = {}) =>
  api.request(path, { ...init, headers: { ...init.headers, 'x-test-caller': caller } });
const path = () => `/receipts/${image_id}/1`;
const etag = async () => (await as('ada', path())).headers.get('etag') ?? '';
const patch = async (body: unknown, ifMatch?: string | null, caller = 'ada') => {
  const match = ifMatch === null ? {} : { 'if-match': ifMatch ?? (await etag()) };
  const headers = { 'content-type': 'application/json', ...match };
  const answer = await as(caller, path(), { method: 'PATCH', headers, body: JSON.stringify(body) });
  return {
    status: answer.status,
    etag: answer.headers.get('etag'),
    type: answer.headers.get('content-type'),
    body: Object(await answer.json()),
  };
};
const set = (field: string, value: string) => ({ changes: [{ op: 'set', path: field, value }] });
const detail = async () => Object(await (await as('ada', path())).json());
const history = async () => Object(await (await as('ada', `${path()}/history`)).json()).changes;

describe('a review', () => {
  it('sets, clears and confirms fields, computes the checks again, and keeps who changed what', async () => {
    const saved = await patch({
      changes: [
        { op: 'set', path: 'total', value: '8.00' },
        { op: 'clear', path: 'time' },
        { op: 'confirm', path: 'date' },
      ],
      source: 'cli',
    });
    expect(saved).toMatchObject({ status: 200, etag: '"2"' });
    const { document, total, revision, checks_ok, checks_total } = saved.body;
    expect({ total, revision }).toEqual({ total: '8.00', revision: 2 });
    expect(checks_ok).toBeLessThan(checks_total);
    expect(document.total).toMatchObject({ value: '8.00', source: 'person', reviewed: true, confidence: 1 });
    expect(document).toMatchObject({ time: null, cleared_fields: ['time'], date: { reviewed: true } });
    expect(document.reasons.map(({ code }: { code: string }) => code)).toContain('ITEMS_DO_NOT_ADD_UP');
    expect(await history()).toEqual([
      {
        revision: 2,
        changed_by: 'ada',
        source: 'cli',
        changed_at: expect.any(String),
        changes: [
          { field: 'total', before: '7.50', after: '8.00' },
          { field: 'time', before: '09:26', after: null },
          { field: 'date', before: '2026-03-14', after: '2026-03-14' },
        ],
      },
    ]);
  });

  it('approves a receipt whose sums do not hold, as it is', async () => {
    await patch(set('total', '99.00'));
    const saved = await patch({ approve: true });
    expect(saved.body).toMatchObject({ status: 'REVIEWED', total: '99.00', reason: null });
    expect(saved.body.document.checks.some(({ ok }: { ok: boolean }) => !ok)).toBe(true);
    expect((await home.receipts.routing(image_id, (await home.jobs.current(image_id))?.job.job_id ?? ''))?.status).toBe(
      'COMPLETED',
    );
  });

  it('adds, removes, splits and sorts rows', async () => {
    const rows = async () =>
      (await detail()).document.line_items.map(
        ({ description, amount }: Record<string, { value: string } | null>) => `${description?.value} ${amount?.value}`,
      );
    expect(await rows()).toEqual(['Flat white 3.50', 'Banana bread 4.00']);
    const item = (description: string, amount: string) => ({ description, amount });
    await patch({
      changes: [
        { op: 'add', list: 'line_items', at: 0, values: item('Tea', '2.00') },
        { op: 'move', list: 'line_items', at: 0, to: 2 },
      ],
    });
    expect(await rows()).toEqual(['Flat white 3.50', 'Banana bread 4.00', 'Tea 2.00']);
    await patch({
      changes: [
        { op: 'split', list: 'line_items', at: 1, into: [item('Bread', '3.00'), item('Butter', '1.00')] },
        { op: 'remove', list: 'line_items', at: 3 },
      ],
    });
    expect(await rows()).toEqual(['Flat white 3.50', 'Bread 3.00', 'Butter 1.00']);
    const saved = await patch(set('line_items[0].amount', '3.40'));
    expect(saved.status).toBe(200);
    expect(await rows()).toEqual(['Flat white 3.40', 'Bread 3.00', 'Butter 1.00']);
    // What is read again leaves a person's list alone.
    await readAgain(CAFE);
    expect(await rows()).toEqual(['Flat white 3.40', 'Bread 3.00', 'Butter 1.00']);
  });
});

describe('what a person said', () => {
  it('survives a reading that disagrees, which is a proposal beside it and can be taken', async () => {
    await patch({
      changes: [
        { op: 'set', path: 'total', value: '7.80' },
        { op: 'clear', path: 'time' },
      ],
      approve: true,
    });
    await readAgain(CAFE);
    await createStreamProcessor(home)(await changesOf(home), context());
    await home.drain(home.queues['validate-queue'], createValidateReceipt(home));
    const again = await detail();
    expect(again).toMatchObject({ status: 'REVIEWED', total: '7.80' });
    expect(again.document).toMatchObject({
      needs_review: false,
      time: null,
      total: { value: '7.80', proposal: { value: '7.50' } },
    });
    const taken = await patch({ changes: [{ op: 'take', path: 'total' }] });
    expect(taken.body).toMatchObject({ status: 'REVIEWED', total: '7.50', document: { total: { reviewed: true } } });
    expect(taken.body.document.total.proposal).toBeUndefined();
    expect((await patch({ changes: [{ op: 'take', path: 'total' }] })).status).toBe(400);
  });

  it('survives without an approval, too, and its receipt when a reading finds none', async () => {
    await patch(set('merchant.name', 'My Corner'));
    await readAgain(CAFE);
    expect((await detail()).document.merchant.name).toMatchObject({ value: 'My Corner', reviewed: true });
    await readAgain(['no receipt']);
    expect(await detail()).toMatchObject({ printed_name: 'My Corner' });
    expect((await home.jobs.image(image_id))?.outcome).toBe('RECEIPTS');
  });
});

describe('a review that cannot be saved', () => {
  it('says of which revision it has to be, and shows the newer receipt to whoever came second', async () => {
    expect(await patch(set('total', '1.00'), null)).toMatchObject({
      status: 428,
      body: { code: 'PRECONDITION_REQUIRED' },
    });
    expect((await patch(set('total', '1.00'), '*')).status).toBe(428);
    const seen = await etag();
    expect((await patch(set('total', '1.00'), seen)).status).toBe(200);
    const second = await patch(set('total', '2.00'), seen);
    expect(second).toMatchObject({
      status: 412,
      etag: '"2"',
      type: 'application/problem+json',
      body: { code: 'REVISION_OUTDATED', receipt: { total: '1.00', revision: 2 } },
    });
  });

  it.each([
    ['an unknown field', set('totl', '1.00'), 'There is no field totl'],
    ['a field that is none', set('__proto__.x', '1.00'), 'There is no field'],
    ['a field of no row', set('line_items[].amount', '1.00'), 'There is no field'],
    ['a row that is not there', set('line_items[7].amount', '1.00'), 'There is no row 7'],
    ['a total of 1e30', set('total', '1e30'), 'total is an amount'],
    ['a total with thirty digits', set('total', '1'.repeat(30)), 'total is an amount'],
    ['a number instead of text', { changes: [{ op: 'set', path: 'total', value: 12.3 }] }, 'value'],
    ['a day that does not exist', set('date', '2026-02-30'), 'date is a day'],
    ['a text of 501 characters', set('merchant.name', 'x'.repeat(501)), 'at most 500'],
    ['an empty text', set('merchant.name', '  '), 'clear it'],
    ['a confirmation of nothing', { changes: [{ op: 'confirm', path: 'tip' }] }, 'tip is empty'],
    ['nothing at all', {}, 'no change'],
    ['an unknown operation', { changes: [{ op: 'drop', path: 'total' }] }, 'op'],
    ['a row of an unknown list', { changes: [{ op: 'remove', list: 'reasons', at: 0 }] }, 'list'],
    [
      'a value that no row has',
      { changes: [{ op: 'add', list: 'taxes', values: { price: '1.00' } }] },
      'There is no field',
    ],
    [
      'a good change before a bad one',
      {
        changes: [
          { op: 'set', path: 'total', value: '1.00' },
          { op: 'clear', path: 'nothing' },
        ],
      },
      'nothing',
    ],
  ])('%s: nothing of it is done', async (_name, body, said) => {
    const before = await detail();
    const answer = await patch(body);
    expect(answer).toMatchObject({ status: 400, type: 'application/problem+json', body: { code: 'REQUEST_INVALID' } });
    expect(answer.body.detail).toContain(said);
    expect(await detail()).toEqual(before);
    expect(await history()).toEqual([]);
  });

  it('ten megabytes are not even read, and a body that is no JSON is not taken', async () => {
    expect((await patch(set('merchant.name', 'x'.repeat(10_000_000)))).status).toBe(413);
    const headers = { 'content-type': 'text/plain', 'if-match': '"1"' };
    expect((await as('ada', path(), { method: 'PATCH', headers, body: 'total=1' })).status).toBe(415);
    expect(
      (
        await as('ada', path(), {
          method: 'PATCH',
          headers: { ...headers, 'content-type': 'application/json' },
          body: '{',
        })
      ).status,
    ).toBe(400);
  });

  it('of somebody else’s receipt, or with a token that only reads, is refused', async () => {
    expect((await patch(set('total', '1.00'), '"1"', 'eve')).status).toBe(404);
    expect((await as('eve', `${path()}/history`)).status).toBe(404);
    const headers = { 'content-type': 'application/json', 'if-match': '"1"', 'x-test-scope': 'slipstream/read' };
    expect(
      (await as('ada', path(), { method: 'PATCH', headers, body: JSON.stringify({ approve: true }) })).status,
    ).toBe(403);
    expect((await detail()).revision).toBe(1);
  });
});

const SEED = Number(process.env.REVIEW_SEED ?? Date.now() % 1_000_000);
it(`two people and readings at once lose no acknowledged change (seed ${SEED})`, async () => {
  const random = seededRandom(SEED);
  const acknowledged = new Map<string, string>();
  const review = async (field: string) => {
    const value = `${Math.floor(random() * 900) + 1}.00`;
    const { status } = await patch(set(field, value));
    if (status === 200) acknowledged.set(field, value);
    else expect(status).toBe(412);
  };
  const reading = () => readAgain(random() < 0.3 ? ['no receipt'] : CAFE).catch(() => {});
  for (let round = 0; round < 25; round += 1) {
    const doing = [() => review('total'), () => review('tip'), reading];
    const chosen = doing.filter(() => random() < 0.6);
    await Promise.all(chosen.map((each) => each()));
    const { document } = await detail();
    for (const [field, value] of acknowledged)
      expect(document[field]?.value, `round ${round} (seed ${SEED})`).toBe(value);
  }
  const entries = await history();
  expect(entries.length).toBeGreaterThan(0);
  const revisions = entries.map(({ revision }: { revision: number }) => revision);
  expect(revisions).toEqual([...revisions].sort((a, b) => a - b));
}, 60_000);
