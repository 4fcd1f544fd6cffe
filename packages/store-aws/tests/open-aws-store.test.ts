import { expectError } from '@slipstream/shared/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { awsStoreOptionsFrom, openAwsStore } from '../src/index.ts';
import { answerJson, type ScriptedServer, serveScript } from './scripted-server.ts';

const KEY = { pk: 'IMAGE#1', sk: 'IMAGE' };

describe('the store on AWS', () => {
  let server: ScriptedServer;
  beforeEach(async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
    server = await serveScript((_, response) => answerJson(response, {}));
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await server.close();
  });
  const options = () => ({ endpoint: server.endpoint, region: 'us-east-1', table: 'receipts', rawBucket: 'raw' });

  it('connects with the first call, and keeps the connection for the next ones', async () => {
    const store = openAwsStore(options());
    expect(server.connections()).toBe(0);
    await store.records.get(KEY);
    await store.records.get(KEY);
    await store.records.get(KEY);
    expect(server.requests).toHaveLength(3);
    expect(server.connections()).toBe(1);
    store.close();
  });

  it('ends every call by the deadline, whatever the server does', async () => {
    await server.close();
    server = await serveScript(() => {}); // never answers
    const at = Date.now() + 300;
    const store = openAwsStore({ ...options(), deadline: () => at });
    await expectError(store.records.get(KEY), 'TIME_EXHAUSTED');
    await expectError(store.raw.head('raw/1'), 'TIME_EXHAUSTED');
    expect(Date.now() - at).toBeLessThan(2_000);
  });

  it('names the variable to set for what was left out, when it is used', async () => {
    const store = openAwsStore({ endpoint: server.endpoint, region: 'us-east-1' });
    const messages = await Promise.all(
      [
        store.records.get(KEY),
        store.raw.head('raw/1'),
        store.queue<unknown>('validate-queue').send({}),
        store.queue('validate-queue').depth(),
      ].map(async (used) => (await expectError(used, 'CONFIGURATION_INVALID')).message),
    );
    const named = messages.map((message) => /DYNAMO_TABLE_NAME|RAW_BUCKET|_QUEUE_URL/.exec(message)?.[0]);
    expect(named).toEqual(['DYNAMO_TABLE_NAME', 'RAW_BUCKET', '_QUEUE_URL', '_QUEUE_URL']);
    expect(server.requests).toEqual([]);
  });

  it('keeps the names of the queues', () => {
    expect(openAwsStore(options()).queue('ocr-queue').name).toBe('ocr-queue');
  });

  it('reads its options from the variables that the deploy sets', () => {
    const environment = {
      DYNAMO_TABLE_NAME: 'receipts',
      RAW_BUCKET: 'raw',
      ARTIFACTS_BUCKET: 'artifacts',
      OCR_JOB_QUEUE_URL: 'https://sqs/ocr',
      UPLOADS_QUEUE_URL: 'https://sqs/uploads',
      UPLOADS_DEAD_QUEUE_URL: 'https://sqs/uploads-dead',
    };
    expect(awsStoreOptionsFrom(environment)).toEqual({
      table: 'receipts',
      rawBucket: 'raw',
      artifactsBucket: 'artifacts',
      queues: {
        'ocr-queue': { url: 'https://sqs/ocr' },
        'uploads-queue': { url: 'https://sqs/uploads', deadUrl: 'https://sqs/uploads-dead' },
      },
    });
    expect(awsStoreOptionsFrom({})).toEqual({ queues: {} });
  });
});
