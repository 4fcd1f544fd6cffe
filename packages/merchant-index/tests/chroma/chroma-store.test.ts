import { randomUUID } from 'node:crypto';
import { ChromaClient } from 'chromadb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openChromaStore } from '../../src/index.ts';
import { startChroma } from '../../testing/start-chroma.ts';
import { IDENTITY, vectorStoreContract } from '../vector-store-contract.ts';

let server: Awaited<ReturnType<typeof startChroma>>;
beforeAll(async () => {
  server = await startChroma();
}, 600_000);
afterAll(() => server.close());

vectorStoreContract(
  'A Chroma server',
  async () => {
    const database = `db-${randomUUID()}`;
    await fetch(`${server.url}/api/v2/tenants/default_tenant/databases`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: database }),
    });
    const store = openChromaStore({ url: server.url, database });
    return { store, close: () => store.close() };
  },
  { pinsVersions: false },
);

it('a server that is not there is said to be unavailable, to be tried again later', async () => {
  const store = openChromaStore({ url: 'http://127.0.0.1:9' });
  await expect(store.openWriter('lines', IDENTITY)).rejects.toMatchObject({
    code: 'INDEX_UNAVAILABLE',
    retry: 'later',
  });
});

it('a collection that somebody else made is no index of ours', async () => {
  await new ChromaClient({ host: '127.0.0.1', port: Number(new URL(server.url).port), ssl: false }).createCollection({
    name: 'lines',
    embeddingFunction: null,
  });
  const store = openChromaStore({ url: server.url });
  await expect(store.openWriter('lines', IDENTITY)).rejects.toMatchObject({ code: 'INDEX_EMBEDDING_MISMATCH' });
});
