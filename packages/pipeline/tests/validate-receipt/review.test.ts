import { createServer } from 'node:http';
import { parseReceiptKey, type Receipt, type ReceiptRecord, reviewKey } from '@slipstream/shared';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CALLS_BUDGET, type Reviewer, TOKENS_BUDGET } from '../../src/validate-receipt/review-receipt.ts';
import { createReviewer } from '../../src/validate-receipt/reviewer.ts';
import { createValidateReceipt } from '../../src/validate-receipt/validate-receipt.ts';
import type { AllPorts } from '../../src/work/all-ports.ts';
import type { BatchOutcome } from '../../src/work/message-batch.ts';
import {
  answerWith,
  answerWithText,
  failWith,
  type OpenAiServer,
  startOpenAiServer,
  USAGE,
} from '../../testing/openai-server.ts';
import { context, openTestHome, received, type TestHome } from '../../testing/test-home.ts';
import { doubtfulReceipt, MISREAD_TOTAL } from './doubtful-receipt.ts';

let home: TestHome;
let openai: OpenAiServer;
beforeEach(async () => {
  [home, openai] = await Promise.all([openTestHome(), startOpenAiServer()]);
});
afterEach(() => Promise.all([home.close(), openai.close()]));

const SETTINGS = { openai_model: 'test-model', model_calls_per_day: 10, model_tokens_per_day: 100_000 };
const reviewer = (over: Partial<Reviewer & { key: string | null; base_url: string }> = {}): Reviewer => ({
  ...createReviewer({ ...SETTINGS, openai_base_url: over.base_url ?? openai.base_url }, async () =>
    over.key === undefined ? 'sk-test' : over.key,
  ),
  ...over,
});
const RIGHT_TOTAL = answerWith({ fields: [{ field: 'total', value: '7.50', text: '7.50', reason: 'a 5' }], rows: [] });

function validate(
  { image_id, receipt_id, revision }: ReceiptRecord,
  options: { reviewer?: Reviewer; ports?: AllPorts; receives?: number; remainingMs?: number } = {},
): Promise<BatchOutcome> {
  const message = received('m', JSON.stringify({ image_id, receipt_id, revision }));
  const handler = createValidateReceipt(options.ports ?? home, { reviewer: options.reviewer ?? reviewer() });
  return handler([{ ...message, receiveCount: options.receives ?? 1 }], context(options.remainingMs ?? 60_000));
}
const DONE = { retry: [] };
const AGAIN = { retry: ['m'] };
async function settled({ image_id, receipt_id }: ReceiptRecord): Promise<{ record: ReceiptRecord; receipt: Receipt }> {
  const record = await home.receipts.get(image_id, receipt_id);
  if (!record) throw new Error('no receipt');
  return { record, receipt: await home.receipts.document(record) };
}
const reasonsOf = async (record: ReceiptRecord) => (await settled(record)).receipt.reasons.map(({ code }) => code);

describe('a doubtful receipt', () => {
  it('is VALID when the model finds the misreading and the sums then hold', async () => {
    openai.reply = RIGHT_TOTAL;
    const before = await doubtfulReceipt(home, MISREAD_TOTAL);
    expect(await validate(before)).toEqual(DONE);
    const { record, receipt } = await settled(before);
    expect(record).toMatchObject({ status: 'VALID', revision: 2, total: '7.50', checks_ok: receipt.checks.length });
    expect(parseReceiptKey(record.object_key)).toMatchObject({ job_id: before.job_id, revision: 2 });
    // Where it stands is the OCR's own place of it.
    expect(receipt.total).toEqual({ value: '7.50', text: '7.50', confidence: 0.85, words: [[6, 1]] });
    expect(receipt).toMatchObject({ needs_review: false, reasons: [] });
    expect(await home.receipts.routing(before.image_id, before.job_id)).toMatchObject({ status: 'COMPLETED' });
  });

  it('is shown to the model as OCR text and fields, with the answer given a schema', async () => {
    await validate(await doubtfulReceipt(home, MISREAD_TOTAL));
    const [question] = openai.asked;
    expect(question).toMatchObject({ authorization: 'Bearer sk-test', model: 'test-model' });
    expect(question?.response_format).toMatchObject({ type: 'json_schema', json_schema: { strict: true } });
    const shown = JSON.parse(question?.receipt ?? '');
    expect(shown.lines).toContain('TOTAL                  7.50');
    expect(shown.fields.total).toEqual({ value: '7.80', text: '7.80', confidence: 0.9 });
    expect(shown.failed_checks.length).toBeGreaterThan(0);
  });

  it('is not shown to the model when its sums hold and it is sure enough', async () => {
    const record = await doubtfulReceipt(home, (receipt) => receipt);
    await validate(record);
    expect((await settled(record)).record.status).toBe('VALID');
    expect(openai.asked).toEqual([]);
  });

  it('needs review when the model has nothing to say', async () => {
    const record = await doubtfulReceipt(home, MISREAD_TOTAL);
    expect(await validate(record)).toEqual(DONE);
    expect((await settled(record)).record).toMatchObject({ status: 'NEEDS_REVIEW', total: '7.80' });
  });

  it.each([
    ['is not JSON', answerWithText('I am sorry, as a language model'), 'MODEL_ANSWER_UNUSABLE'],
    ['is of another schema', answerWithText('{"fields": "none"}'), 'MODEL_ANSWER_UNUSABLE'],
    ['does not take the question', failWith(400), 'MODEL_REFUSED'],
    ['does not know the model', failWith(404), 'MODEL_REFUSED'],
    ['does not take the key', failWith(401), 'MODEL_KEY_MISSING'],
  ])('needs review when the answer %s', async (_, reply, code) => {
    openai.reply = reply;
    const record = await doubtfulReceipt(home, MISREAD_TOTAL);
    expect(await validate(record)).toEqual(DONE);
    expect((await settled(record)).record.status).toBe('NEEDS_REVIEW');
    expect(await reasonsOf(record)).toContain(code);
  });

  it('needs review without a key, and that is no error', async () => {
    const record = await doubtfulReceipt(home, MISREAD_TOTAL);
    expect(await validate(record, { reviewer: reviewer({ key: null }) })).toEqual(DONE);
    expect(await reasonsOf(record)).toContain('MODEL_KEY_MISSING');
    expect(openai.asked).toEqual([]);
    expect(await home.budgets.used(CALLS_BUDGET)).toBe(0);
    expect(home.logged.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('takes a rotated key at once when the old one is refused', async () => {
    openai.reply = (response, question) =>
      (question.authorization === 'Bearer new' ? RIGHT_TOTAL : failWith(401))(response, question);
    const keys = createReviewer({ ...SETTINGS, openai_base_url: openai.base_url }, async (isRefused) =>
      isRefused ? 'new' : 'old',
    );
    const record = await doubtfulReceipt(home, MISREAD_TOTAL);
    expect(await validate(record, { reviewer: keys })).toEqual(DONE);
    expect(openai.asked.map(({ authorization }) => authorization)).toEqual(['Bearer old', 'Bearer new']);
    expect((await settled(record)).record.status).toBe('VALID');
  });
});

describe('a model that cannot be reached', () => {
  it.each([429, 500, 503])('(%d) is tried again for nothing, and given up the third time', async (status) => {
    openai.reply = failWith(status);
    const record = await doubtfulReceipt(home, MISREAD_TOTAL);
    expect(await validate(record, { receives: 1 })).toEqual(AGAIN);
    expect(await home.budgets.used(CALLS_BUDGET)).toBe(0);
    expect(await home.budgets.used(TOKENS_BUDGET)).toBe(0);
    expect((await settled(record)).record.status).toBe('NEW');
    expect(await validate(record, { receives: 3 })).toEqual(DONE);
    expect(await reasonsOf(record)).toContain('MODEL_UNAVAILABLE');
    expect((await settled(record)).record.status).toBe('NEEDS_REVIEW');
  });

  it('because nothing listens there is no payment', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => closed.once('listening', resolve));
    const { port } = Object(closed.address());
    await new Promise((resolve) => closed.close(resolve));
    const record = await doubtfulReceipt(home, MISREAD_TOTAL);
    const nowhere = reviewer({ base_url: `http://127.0.0.1:${port}/v1` });
    expect(await validate(record, { reviewer: nowhere })).toEqual(AGAIN);
    expect(await home.budgets.used(CALLS_BUDGET)).toBe(0);
  });

  it('that is silent may have been paid: it is not asked again', async () => {
    openai.reply = () => {};
    const record = await doubtfulReceipt(home, MISREAD_TOTAL);
    expect(await validate(record, { remainingMs: 5_300 })).toEqual(DONE);
    expect(await reasonsOf(record)).toContain('MODEL_ANSWER_LOST');
    expect(openai.asked).toHaveLength(1);
    expect(await home.budgets.used(CALLS_BUDGET)).toBe(1);
  });
});

describe('paying once', () => {
  const failing = (ports: Partial<AllPorts>): AllPorts => ({ ...home, ...ports });

  it('a crash after the answer was stored: the next try has it for nothing', async () => {
    openai.reply = RIGHT_TOTAL;
    const before = await doubtfulReceipt(home, MISREAD_TOTAL);
    const receipts = Object.create(home.receipts, { settle: { value: () => Promise.reject(new Error('killed')) } });
    for (const method of ['get', 'document'] as const) receipts[method] = home.receipts[method].bind(home.receipts);
    expect(await validate(before, { ports: failing({ receipts }) })).toEqual(AGAIN);
    expect(await validate(before)).toEqual(DONE);
    expect(openai.asked).toHaveLength(1);
    expect((await settled(before)).record).toMatchObject({ status: 'VALID', total: '7.50' });
    expect(await home.budgets.used(CALLS_BUDGET)).toBe(1);
  });

  it('a crash between paying and storing: a person looks, nobody pays again', async () => {
    openai.reply = RIGHT_TOTAL;
    const before = await doubtfulReceipt(home, MISREAD_TOTAL);
    const artifacts = Object.create(home.artifacts, {
      put: { value: () => Promise.reject(new Error('killed')) },
      get: { value: home.artifacts.get.bind(home.artifacts) },
    });
    expect(await validate(before, { ports: failing({ artifacts }) })).toEqual(AGAIN);
    // While the first could still be at it, the next one waits.
    expect(await validate(before)).toEqual(AGAIN);
    await home.clock.advance(60_000);
    expect(await validate(before)).toEqual(DONE);
    expect(openai.asked).toHaveLength(1);
    expect((await settled(before)).record.status).toBe('NEEDS_REVIEW');
    expect(await reasonsOf(before)).toContain('MODEL_ANSWER_LOST');
  });

  it('two at once: one asks, the other waits', async () => {
    openai.reply = RIGHT_TOTAL;
    const before = await doubtfulReceipt(home, MISREAD_TOTAL);
    const outcomes = await Promise.all([validate(before), validate(before), validate(before)]);
    expect(openai.asked).toHaveLength(1);
    expect(outcomes).toContainEqual(DONE);
    await validate(before);
    expect((await settled(before)).record).toMatchObject({ status: 'VALID', revision: 2 });
  });

  it('the answer is kept with what it cost, and the budget counts what was really used', async () => {
    openai.reply = RIGHT_TOTAL;
    const before = await doubtfulReceipt(home, MISREAD_TOTAL);
    await validate(before);
    expect(await home.artifacts.head(reviewKey(before.image_id, '00001', 1))).not.toBeNull();
    expect(await home.budgets.used(TOKENS_BUDGET)).toBe(USAGE.total_tokens);
    expect(await home.budgets.used(CALLS_BUDGET)).toBe(1);
  });

  it.each([
    ['calls', { calls_per_day: 0 }],
    ['tokens', { tokens_per_day: 1_000 }],
  ])('a spent budget of %s asks nobody', async (_, limits) => {
    const record = await doubtfulReceipt(home, MISREAD_TOTAL);
    expect(await validate(record, { reviewer: reviewer(limits) })).toEqual(DONE);
    expect(await reasonsOf(record)).toContain('MODEL_BUDGET_SPENT');
    expect(openai.asked).toEqual([]);
  });
});
