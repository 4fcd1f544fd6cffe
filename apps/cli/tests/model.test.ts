import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json as jsonOf } from 'node:stream/consumers';
import { sha256Hex } from '@slipstream/runtime';
import { imageIdOf } from '@slipstream/shared';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { end, type RunningProgram, runSlipstream, startDevWith } from './dev-process.ts';
import { png } from './png.ts';

/** A server on this machine that speaks OpenAI's chat completions, as Ollama and others do. */
let model: Server;
let modelUrl = '';
let asked: { authorization: string | undefined; model: string; receipt: string }[] = [];
let answer: object = {};
let folder = '';
let dev: RunningProgram | null = null;

beforeEach(async () => {
  asked = [];
  model = createServer(async (request, response) => {
    const { model: name, messages } = Object(await jsonOf(request));
    asked.push({ authorization: request.headers.authorization, model: name, receipt: messages[1].content });
    const message = { role: 'assistant', content: JSON.stringify(answer), refusal: null };
    const usage = { prompt_tokens: 900, completion_tokens: 100, total_tokens: 1_000 };
    const choices = [{ index: 0, finish_reason: 'stop', message }];
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ id: 'c', object: 'chat.completion', created: 0, model: name, choices, usage }));
  });
  await new Promise<void>((resolve) => model.listen(0, '127.0.0.1', resolve));
  const address = model.address();
  modelUrl = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/v1`;
  folder = await mkdtemp(join(tmpdir(), 'slipstream-model-'));
});
afterEach(async () => {
  if (dev) await end(dev.child, 'SIGTERM');
  model.close();
  model.closeAllConnections();
  await rm(folder, { recursive: true, force: true });
});

/** No receipt is as sure as this: every one is doubtful. */
const REVIEW_BELOW = '1';

async function validated(env: Record<string, string>): Promise<unknown> {
  const flags = ['--review-below', REVIEW_BELOW, '--openai-model', 'local-1', '--openai-base-url', modelUrl];
  dev = await startDevWith(env, folder, '--engine', 'null', ...flags);
  const file = join(folder, 'doubtful.png');
  await writeFile(file, png('doubtful'));
  expect(await runSlipstream('submit', file, '--wait', '--data', folder)).toMatchObject({ code: 0 });
  const id = imageIdOf(sha256Hex(png('doubtful')));
  return JSON.parse((await runSlipstream('show', `${id}/1`, '--data', folder, '--json')).out);
}

it('slipstream dev asks a model on this machine about a doubtful receipt, once, and takes what is printed', async () => {
  answer = { fields: [{ field: 'payment.tendered', value: '1.00', text: 'TOTAL 1.00', reason: 'in cash' }], rows: [] };
  expect(await validated({ OPENAI_API_KEY: 'sk-local' })).toMatchObject({
    status: 'NEEDS_REVIEW',
    document: { payment: { tendered: { value: '1.00', confidence: 0.85 } } },
  });
  expect(asked).toMatchObject([{ authorization: 'Bearer sk-local', model: 'local-1' }]);
  expect(asked[0]?.receipt).toContain('NULL STORE');
});

/** At this measure every field that matters is doubtful, and says so beside what was refused. */
const REASONS = ['CORRECTION_REFUSED', 'MERCHANT_UNSURE', 'DATE_UNSURE', 'TOTAL_UNSURE'];

it('what the model invents is not taken, and the person who decides is told', async () => {
  answer = { fields: [{ field: 'total', value: '2.00', text: 'TOTAL 2.00', reason: 'invented' }], rows: [] };
  expect(await validated({ OPENAI_API_KEY: 'sk-local' })).toMatchObject({
    status: 'NEEDS_REVIEW',
    total: '1.00',
    document: { reasons: REASONS.map((code) => ({ code })) },
  });
  expect(asked).toHaveLength(1);
});

it('without a key nothing is asked, and a person decides', async () => {
  expect(await validated({ OPENAI_API_KEY: '' })).toMatchObject({ status: 'NEEDS_REVIEW', total: '1.00' });
  expect(asked).toEqual([]);
});
