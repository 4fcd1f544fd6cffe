import { Budgets } from '@slipstream/records';
import { FakeClock, MemoryRecordStore } from '@slipstream/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOpenAiEmbedder, EMBEDDING_BUDGET, type OpenAiEmbedderOptions } from '../../src/index.ts';
import { type EmbeddingsServer, failWith, startEmbeddingsServer, TOKENS_A_TEXT } from './embeddings-server.ts';

const DIMENSIONS = 16;

describe('the OpenAI embedder', () => {
  let server: EmbeddingsServer;
  let budgets: Budgets;
  beforeEach(async () => {
    server = await startEmbeddingsServer();
    budgets = new Budgets(new MemoryRecordStore(), new FakeClock());
  });
  afterEach(() => server.close());

  const embedder = (options: Partial<OpenAiEmbedderOptions> = {}) =>
    createOpenAiEmbedder({
      apiKey: async () => 'key-1',
      base_url: server.base_url,
      model: 'text-embedding-3-small',
      dimensions: DIMENSIONS,
      tokens_per_day: 10_000,
      budgets,
      ...options,
    });

  it('asks once for all rows of a receipt, and gives unit vectors in the order of the texts', async () => {
    const texts = ['a', 'bbb', 'cc', ''];
    const vectors = await embedder().embed(texts);
    expect(server.asked).toHaveLength(1);
    expect(server.asked[0]).toMatchObject({
      authorization: 'Bearer key-1',
      model: 'text-embedding-3-small',
      dimensions: DIMENSIONS,
      input: ['a', 'bbb', 'cc', '-'],
    });
    expect(vectors.map((vector) => vector.indexOf(1))).toEqual([1, 3, 2, 1]);
    expect(vectors.every((vector) => vector.length === DIMENSIONS)).toBe(true);
  });

  it('names model and dimensions as its identity', () => {
    expect(embedder().identity).toEqual({ provider: 'openai:text-embedding-3-small', dimensions: DIMENSIONS });
  });

  it('asks several times where there is more than one request takes', async () => {
    const vectors = await embedder({ tokens_per_day: 1_000_000 }).embed(Array.from({ length: 2_050 }, () => 'row'));
    expect(server.asked.map(({ input }) => input.length)).toEqual([2_048, 2]);
    expect(vectors).toHaveLength(2_050);
  });

  it('counts in the budget what the answer says that it cost', async () => {
    await embedder().embed(['one row', 'another row']);
    expect(await budgets.used(EMBEDDING_BUDGET)).toBe(2 * TOKENS_A_TEXT);
  });

  it('asks nobody when the budget of the day is spent', async () => {
    await expect(embedder({ tokens_per_day: 3 }).embed(['a row of many letters'])).rejects.toMatchObject({
      code: 'EMBEDDING_BUDGET_SPENT',
      retry: 'later',
    });
    expect(server.asked).toHaveLength(0);
  });

  it.each([429, 500, 503, 400])(
    'answers a %i with an error to try again later, and nothing is counted',
    async (status) => {
      server.reply = failWith(status);
      await expect(embedder().embed(['row'])).rejects.toMatchObject({ code: 'EMBEDDING_UNAVAILABLE', retry: 'later' });
      expect(await budgets.used(EMBEDDING_BUDGET)).toBe(0);
    },
  );

  it('looks for a rotated key at once', async () => {
    const answer = server.reply;
    server.reply = (response, request) =>
      request.authorization === 'Bearer key-2' ? answer(response, request) : failWith(401)(response, request);
    const apiKey = async (isRefused: boolean) => (isRefused ? 'key-2' : 'key-1');
    expect(await embedder({ apiKey }).embed(['row'])).toHaveLength(1);
  });

  it('says that no key is stored', async () => {
    const asked = embedder({ apiKey: async () => null }).embed(['row']);
    await expect(asked).rejects.toThrow(/no key is stored/);
    expect(await budgets.used(EMBEDDING_BUDGET)).toBe(0);
  });

  it('gives up on a server that does not answer, which may have cost what was asked', async () => {
    server.reply = () => {};
    await expect(embedder({ timeout_ms: 50 }).embed(['row'])).rejects.toMatchObject({ code: 'EMBEDDING_UNAVAILABLE' });
    expect(await budgets.used(EMBEDDING_BUDGET)).toBeGreaterThan(0);
  });

  it('refuses vectors of other dimensions than the index has', async () => {
    const answer = server.reply;
    server.reply = (response, request) => answer(response, { ...request, dimensions: 8 });
    await expect(embedder().embed(['row'])).rejects.toThrow(/gave 1 vectors of 8 dimensions/);
  });

  it('never repeats the texts in an error', async () => {
    server.reply = failWith(400);
    const error = await embedder()
      .embed(['4111 1111'])
      .catch((thrown: unknown) => thrown);
    expect(JSON.stringify({ ...Object(error), message: String(error) })).not.toContain('4111');
  });
});
