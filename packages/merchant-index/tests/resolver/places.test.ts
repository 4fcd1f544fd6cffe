import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { Budgets, PLACE_KEPT_MS, PlaceLookups } from '@slipstream/records';
import { createLogger } from '@slipstream/runtime';
import { FakeClock, MemoryRecordStore } from '@slipstream/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPlaceDirectory, type FindPlace, PLACES_BUDGET, searchGooglePlaces } from '../../src/index.ts';

const PLACE = {
  id: 'ChIJ1',
  displayName: { text: 'Harbour Café', languageCode: 'en' },
  formattedAddress: '12 Harbour Street, Bristol BS1 4RN, UK',
  internationalPhoneNumber: '+44 1632 960123',
  websiteUri: 'https://harbour.example/',
};
const QUESTION = { kind: 'phone', key: '+441632960123', text: '+441632960123' } as const;

describe('the directory of businesses', () => {
  const asked: { url: string; key: string; fields: string; body: unknown }[] = [];
  let reply: (response: ServerResponse, request: IncomingMessage) => void;
  let base_url: string;
  let close: () => Promise<void>;
  beforeEach(async () => {
    asked.length = 0;
    reply = (response) => response.end(JSON.stringify({ places: [PLACE] }));
    const server = createServer(async (request, response) => {
      const { headers, url = '' } = request;
      asked.push({
        url,
        key: String(headers['x-goog-api-key']),
        fields: String(headers['x-goog-fieldmask']),
        body: await json(request),
      });
      reply(response, request);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    base_url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
    close = () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
  });
  afterEach(() => close());

  const search = (text: string, timeout_ms = 2_000) =>
    searchGooglePlaces({ base_url, apiKey: async () => 'key-1', timeout_ms }, text);

  function directory(options: { readonly calls_per_day?: number } = {}) {
    const clock = new FakeClock();
    const records = new MemoryRecordStore();
    const budgets = new Budgets(records, clock);
    const logged: string[] = [];
    const logger = createLogger({
      name: 'test',
      level: 'debug',
      destination: { write: (line: string) => void logged.push(line) },
    });
    const lookups = new PlaceLookups(records, clock);
    const find: FindPlace = createPlaceDirectory({
      search,
      lookups,
      budgets,
      clock,
      logger,
      calls_per_day: 2,
      ...options,
    });
    return { find, clock, budgets, logged };
  }

  it('is asked with the key in a header, and only for the fields that are needed', async () => {
    expect(await search('+44 1632 960123')).toEqual({
      place_id: 'ChIJ1',
      name: 'Harbour Café',
      address: PLACE.formattedAddress,
      phone: PLACE.internationalPhoneNumber,
      website: PLACE.websiteUri,
    });
    expect(asked).toEqual([
      {
        url: '/v1/places:searchText',
        key: 'key-1',
        fields:
          'places.id,places.displayName,places.formattedAddress,places.internationalPhoneNumber,places.websiteUri',
        body: { textQuery: '+44 1632 960123', pageSize: 1 },
      },
    ]);
  });

  it('knows nobody where the answer is empty', async () => {
    reply = (response) => response.end('{}');
    expect(await search('x')).toBeNull();
  });

  it('looks for a rotated key at once', async () => {
    const keys: boolean[] = [];
    reply = (response, { headers }) =>
      headers['x-goog-api-key'] === 'key-2'
        ? response.end(JSON.stringify({ places: [PLACE] }))
        : response.writeHead(403).end();
    const apiKey = async (isRefused: boolean) => {
      keys.push(isRefused);
      return isRefused ? 'key-2' : 'key-1';
    };
    expect(await searchGooglePlaces({ base_url, apiKey }, 'x')).toMatchObject({ place_id: 'ChIJ1' });
    expect(keys).toEqual([false, true]);
  });

  it('sends its key to no other server', async () => {
    reply = (response) => response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end();
    await expect(search('x')).rejects.toThrow();
    expect(asked).toHaveLength(1);
  });

  it('refuses an answer that is not of the documented form, or too large', async () => {
    reply = (response) => response.end(JSON.stringify({ places: [{ id: 7 }] }));
    await expect(search('x')).rejects.toThrow(/documented form/);
    reply = (response) => response.end(`{"places":[]${' '.repeat(300_000)}}`);
    await expect(search('x')).rejects.toThrow(/larger than/);
  });

  it('is asked once in 30 days about the same, also about what it does not know', async () => {
    const { find, clock } = directory();
    reply = (response) => response.end('{}');
    expect(await find(QUESTION)).toBeNull();
    expect(await find(QUESTION)).toBeNull();
    expect(asked).toHaveLength(1);
    await clock.advance(PLACE_KEPT_MS + 1);
    reply = (response) => response.end(JSON.stringify({ places: [PLACE] }));
    expect(await find(QUESTION)).toMatchObject({ name: 'Harbour Café' });
    expect(asked).toHaveLength(2);
  });

  it('is asked no oftener a day than its budget allows', async () => {
    const { find, budgets } = directory();
    for (const key of ['a', 'b', 'c']) await find({ ...QUESTION, key });
    expect(asked).toHaveLength(2);
    expect(await budgets.used(PLACES_BUDGET)).toBe(2);
  });

  it('that does not answer fails nothing, keeps nobody waiting, and is asked again after a while', async () => {
    const { find, clock, logged } = directory({ calls_per_day: 9 });
    reply = (response) => response.writeHead(503).end();
    expect(await find(QUESTION)).toBeNull();
    expect(await find(QUESTION)).toBeNull();
    expect(asked).toHaveLength(1);
    expect(logged.join()).toContain('it answered 503');
    expect(logged.join()).not.toContain('key-1');
    await clock.advance(60_001);
    reply = (response) => response.end(JSON.stringify({ places: [PLACE] }));
    expect(await find(QUESTION)).toMatchObject({ place_id: 'ChIJ1' });
  });

  it('is given a few seconds', async () => {
    reply = () => {};
    await expect(search('x', 50)).rejects.toThrow();
  });
});
