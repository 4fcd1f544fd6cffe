import { rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { marshall } from '@aws-sdk/util-dynamodb';
import { initIndex, openLanceStore } from '@slipstream/merchant-index';
import { answerWith, CAFE, type OpenAiServer, ocrDocument, png, startOpenAiServer } from '@slipstream/pipeline/testing';
import { IndexRecords, Jobs, MerchantReceipts, Merchants, putDocument, Uploads } from '@slipstream/records';
import { sha256Hex } from '@slipstream/runtime';
import {
  FUNCTION_NEEDS,
  imageIdOf,
  ocrDocumentKey,
  ocrDocumentSchema,
  rawKey,
  recordKeys,
  type StoredRecord,
  systemClock,
  viewKey,
} from '@slipstream/shared';
import { type AwsStore, openAwsStore } from '@slipstream/store-aws';
import { sqsRecord } from '@slipstream/testing/lambda-events';
import { describeOnServer, REGION } from '@slipstream/testing/vitest';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { type HttpFront, LocalFunction, payloadOf, serveFunction } from '../../runtime-api/index.ts';
import { bundleOf } from '../bundles/bundles.ts';
import { makeResources, type Resources, variablesOf } from './cloud/make-resources.ts';
import { type CallRecorder, declaredRights, recordCalls, type UsedRight } from './cloud/recorded-calls.ts';

/** What no call shows: it decides how AWS answers for what is not there, or is the mapping's. */
const UNSEEN = /^(s3:ListBucket|dynamodb:(DescribeStream|GetRecords|GetShardIterator|ListStreams)) /;
const FUNCTIONS = [
  'api',
  'submit-job',
  'process-ocr-results',
  'stream-processor',
  'validate-receipt',
  'sweeper',
] as const;
type FunctionName = (typeof FUNCTIONS)[number];

const SKEWED_CLOCK = new URL('./cloud/skewed-clock.ts', import.meta.url).href;
const DAY_MS = 86_400_000;

/** A café of which one amount was misread: the items do not add up to the total. */
const DOUBTFUL = CAFE.map((line) => line.replace(/4\.00$/, '9.00'));

describeOnServer('each function has the rights that its calls need, and no others', (endpoint) => {
  let resources: Resources;
  let store: AwsStore;
  let jobs: Jobs;
  let openai: OpenAiServer;
  let front: HttpFront;
  let places: Server;
  const functions = new Map<FunctionName, LocalFunction>();
  /** Two days from now. */
  let sweeperLater: LocalFunction;
  const recorders = new Map<FunctionName, CallRecorder>();
  const log: string[] = [];

  beforeAll(async () => {
    // A new environment's disk is empty: an index that an earlier run copied would not be read from the bucket.
    await rm(join(tmpdir(), 'index-copies'), { recursive: true, force: true });
    resources = await makeResources(endpoint, REGION, 100);
    openai = await startOpenAiServer();
    openai.reply = answerWith({ fields: [], rows: [] });
    const secrets = new SecretsManagerClient({ endpoint, region: REGION });
    const secret = async (name: string) => {
      const SecretString = '{"api_key":"sk-test"}';
      const { ARN = '' } = await secrets.send(
        new CreateSecretCommand({ Name: `${name}-${resources.table}`, SecretString }),
      );
      return ARN;
    };
    const [openai_arn, places_arn] = [await secret('openai'), await secret('places')];
    places = createServer((_, response) => response.end('{}'));
    await new Promise<void>((resolve) => places.listen(0, '127.0.0.1', resolve));
    const address = places.address();
    const places_url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
    for (const name of FUNCTIONS) {
      const recorder = await recordCalls(endpoint, resources, { [openai_arn]: 'openai', [places_arn]: 'places' });
      recorders.set(name, recorder);
      const variables = {
        ...variablesOf(resources),
        ...Object.fromEntries(
          Object.entries(variablesOf(resources)).flatMap(([variable, value]) =>
            variable.endsWith('_URL') ? [[variable, new URL(new URL(value).pathname, recorder.url).href]] : [],
          ),
        ),
        AWS_REGION: REGION,
        AWS_ENDPOINT_URL: recorder.url,
        AWS_ACCESS_KEY_ID: name,
        AWS_SECRET_ACCESS_KEY: 'test',
        OPENAI_SECRET_ARN: openai_arn,
        OPENAI_BASE_URL: openai.base_url,
        EMBEDDING_PROVIDER: 'openai',
        EMBEDDING_DIMENSIONS: '8',
        PLACES_SECRET_ARN: places_arn,
        GOOGLE_PLACES_BASE_URL: places_url,
      };
      const bundle = { name, bundle_dir: bundleOf(name), onLog: (line: string) => void log.push(line) };
      functions.set(name, new LocalFunction({ ...bundle, variables }));
      if (name === 'sweeper') {
        const later = { NODE_OPTIONS: `--import ${SKEWED_CLOCK}`, SKEW_MS: String(2 * DAY_MS) };
        // Its deadline is told by the right clock.
        const timeout_ms = 2 * DAY_MS + 30_000;
        sweeperLater = new LocalFunction({ ...bundle, timeout_ms, variables: { ...variables, ...later } });
      }
    }
    front = await serveFunction({ target: fn('api'), claimsOf: () => ({ sub: 'ada' }) });
    store = openAwsStore({
      region: REGION,
      endpoint,
      table: resources.table,
      rawBucket: resources.raw_bucket,
      artifactsBucket: resources.artifacts_bucket,
      queues: resources.queues,
    });
    jobs = new Jobs(store.records, systemClock);
    const vectors = openLanceStore({
      uri: `s3://${resources.artifacts_bucket}`,
      storageOptions: {
        endpoint,
        region: REGION,
        allow_http: 'true',
        aws_access_key_id: 'test',
        aws_secret_access_key: 'test',
      },
    });
    const indexRecords = new IndexRecords(store.records, systemClock);
    const identity = { provider: 'openai:text-embedding-3-small', dimensions: 8 };
    await initIndex({ indexRecords, vectors, clock: systemClock, identity }, 'lines');
    await vectors.close();
  });
  afterAll(async () => {
    await front.close();
    for (const local of functions.values()) local.close();
    sweeperLater.close();
    for (const recorder of recorders.values()) recorder.close();
    await openai.close();
    places.close();
    store.close();
  });

  function fn(name: FunctionName): LocalFunction {
    const local = functions.get(name);
    if (!local) throw new Error(`${name} was not started`);
    return local;
  }
  const deliver = async (name: FunctionName, body: object | string) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const record = sqsRecord({ id: crypto.randomUUID(), body: text });
    const attributes = { ...record.attributes, ApproximateReceiveCount: '1' };
    return payloadOf(await fn(name).invoke({ Records: [{ ...record, attributes }] }));
  };
  const uploaded = (key: string) => ({
    Records: [
      {
        eventSource: 'aws:s3',
        eventName: 'ObjectCreated:Put',
        s3: { bucket: { name: resources.raw_bucket }, object: { key } },
      },
    ],
  });
  const change = async (eventName: string, before: StoredRecord | null, after: StoredRecord | null) =>
    payloadOf(
      await fn('stream-processor').invoke({
        Records: [
          {
            eventName,
            dynamodb: {
              SequenceNumber: '1',
              ...(before ? { OldImage: marshall(before, { removeUndefinedValues: true }) } : {}),
              ...(after ? { NewImage: marshall(after, { removeUndefinedValues: true }) } : {}),
            },
          },
        ],
      }),
    );
  /** What an agent does. */
  async function publish(image_id: string, lines: readonly string[]): Promise<{ image_id: string; job_id: string }> {
    const current = await jobs.current(image_id);
    if (!current) throw new Error('no job');
    const claim = await jobs.claim(image_id, current.job.job_id, { owner: 'test', expires_at: Date.now() + 60_000 });
    if (claim.kind !== 'claimed') throw new Error(claim.kind);
    const key = ocrDocumentKey(image_id, claim.job.job_id, claim.job.attempt);
    await putDocument(store.artifacts, key, ocrDocumentSchema, ocrDocument(current.image.sha256 ?? '', lines));
    await jobs.publish(claim.job, key);
    return { image_id, job_id: claim.job.job_id };
  }
  const LONG_AGO = '2020-01-01T00:00:00.000Z';
  const age = (key: { pk: string; sk: string }) =>
    store.records.write({ kind: 'update', key, set: { updated_at: LONG_AGO, gsi1sk: LONG_AGO } });

  async function everyWayThroughTheFunctions(): Promise<void> {
    const bytes = Buffer.from(png('needs'));
    const image_id = imageIdOf(sha256Hex(bytes), 'ada');
    expect((await fetch(`${front.url}/images`, { method: 'POST', body: bytes })).status).toBe(202);
    const large = Buffer.from(png('announced'));
    const announcement = { sha256: sha256Hex(large), size: large.byteLength, type: 'png' };
    const headers = { 'content-type': 'application/json' };
    const announced = await fetch(`${front.url}/uploads`, {
      method: 'POST',
      headers,
      body: JSON.stringify(announcement),
    });
    expect(announced.status).toBe(201);
    const { upload } = z.object({ upload: z.object({ url: z.string() }) }).parse(await announced.json());
    const claimed = /raw\/[^?]+/.exec(upload.url)?.[0] ?? '';
    await store.raw.put(claimed, large);
    expect(await deliver('submit-job', uploaded(claimed))).toEqual({ batchItemFailures: [] });

    await deliver('submit-job', uploaded(rawKey(image_id)));
    // Other bytes came under this id and were refused; now the right ones are there.
    const current = await jobs.current(image_id);
    if (!current) throw new Error('no job');
    await jobs.fail(current.job, { code: 'IMAGE_HASH_MISMATCH', message: 'test' });
    expect((await fetch(`${front.url}/images`, { method: 'POST', body: bytes })).status).toBe(202);
    await deliver('submit-job', uploaded(rawKey(image_id)));

    await age(recordKeys.ocrJob(image_id, (await jobs.current(image_id))?.job.job_id ?? ''));
    payloadOf(await fn('sweeper').invoke({}));
    const result = await publish(image_id, DOUBTFUL);
    await age(recordKeys.ocrJob(image_id, result.job_id));
    payloadOf(await fn('sweeper').invoke({}));
    expect(await deliver('process-ocr-results', result)).toEqual({ batchItemFailures: [] });
    await age(recordKeys.routing(image_id, result.job_id));
    const { items: runs } = await store.records.query({ partition: `IMAGE#${image_id}`, prefix: 'RUN#', limit: 1 });
    for (const run of runs) await age(run);
    payloadOf(await fn('sweeper').invoke({}));

    const receipt = await store.records.get(recordKeys.receipt(image_id, '00001'));
    if (!receipt) throw new Error(`no receipt\n${log.slice(-10).join('\n')}`);
    await change('INSERT', null, receipt);
    // Its merchant was merged into another one meanwhile: the receipt moves after it.
    const merchants = new Merchants(store.records, systemClock);
    const winner = imageIdOf('a'.repeat(64));
    await store.records.transact([merchants.createWrite(winner, 'Winner')]);
    const loser = recordKeys.merchant(String(receipt.merchant_id));
    await store.records.write({ kind: 'update', key: loser, set: { merged_into: winner } });
    await change('INSERT', null, receipt);
    const moved = await new MerchantReceipts(store.records, merchants, systemClock).list(winner, { limit: 1 });
    expect(moved.items).toHaveLength(1);
    openai.reply = (response) => void response.writeHead(500).end('{}');
    await deliver('validate-receipt', { image_id, receipt_id: '00001', revision: 2 });
    openai.reply = answerWith({ fields: [], rows: [] });
    expect(await deliver('validate-receipt', { image_id, receipt_id: '00001', revision: 2 })).toEqual({
      batchItemFailures: [],
    });
    expect(openai.asked).toHaveLength(2);

    for (const path of [
      `/images/${image_id}`,
      `/images/${image_id}/original`,
      '/receipts',
      `/receipts/${image_id}/1`,
    ]) {
      expect((await fetch(`${front.url}${path}`)).status).toBe(200);
    }
    const patched = await fetch(`${front.url}/receipts/${image_id}/1`, {
      method: 'PATCH',
      headers: {
        ...headers,
        'if-match': (await fetch(`${front.url}/receipts/${image_id}/1`)).headers.get('etag') ?? '',
      },
      body: JSON.stringify({ changes: [{ op: 'set', path: 'total', value: '1.00' }], approve: true }),
    });
    expect(patched.status).toBe(200);
    expect((await fetch(`${front.url}/receipts/${image_id}/1/history`)).status).toBe(200);
    // Read again after a person has reviewed it: what they left is read first.
    const reviewed = recordKeys.receipt(image_id, '00001');
    await store.records.write({ kind: 'update', key: reviewed, set: { status: 'REVIEWED' } });
    expect((await fetch(`${front.url}/images/${image_id}/reprocess`, { method: 'POST' })).status).toBe(202);
    await deliver('process-ocr-results', await publish(image_id, DOUBTFUL));
    expect((await fetch(`${front.url}/images/${image_id}/reprocess`, { method: 'POST' })).status).toBe(202);
    await deliver('process-ocr-results', await publish(image_id, ['no receipt']));
    await change('REMOVE', receipt, null);
    // A day after its receipt went, its documents are swept.
    expect(payloadOf(await sweeperLater.invoke({}))).toMatchObject({ documents_removed: expect.any(Number) });
    // It is deleted: marked by the API, removed by the sweeper, looked for once more. One that others sent is let go of.
    await new Uploads(store.records, systemClock).note({
      image_id,
      owner_id: 'ada',
      uploaded_by: 'bob',
      file_name: 'b',
    });
    expect((await fetch(`${front.url}/images/${image_id}`, { method: 'DELETE' })).status).toBe(204);
    await new Uploads(store.records, systemClock).note({
      image_id,
      owner_id: 'ada',
      uploaded_by: 'ada',
      file_name: 'b',
    });
    await store.records.write({ kind: 'delete', key: recordKeys.upload(image_id, 'bob') });
    for (const key of [
      `receipts/${image_id}/late`,
      `reviews/${image_id}/00001/1.json.gz`,
      viewKey(image_id, 0, 'full'),
    ]) {
      await store.artifacts.put(key, Buffer.from('x'));
    }
    expect((await fetch(`${front.url}/images/${image_id}`, { method: 'DELETE' })).status).toBe(202);
    payloadOf(await fn('sweeper').invoke({}));
    expect(await store.raw.head(rawKey(image_id))).toBeNull();
    payloadOf(await sweeperLater.invoke({}));
    const left = (await store.records.query({ partition: `IMAGE#${image_id}`, limit: 100 })).items;
    expect(new Set(left.map(({ type }) => type))).toEqual(new Set(['IMAGE', 'OCR_JOB']));
    // Sent again, it lives again.
    expect((await fetch(`${front.url}/images`, { method: 'POST', body: bytes })).status).toBe(202);
    await deliver('submit-job', uploaded(rawKey(image_id)));
    expect((await jobs.current(image_id))?.job.status).toBe('PENDING');
    for (const name of ['submit-job', 'process-ocr-results', 'validate-receipt'] as const)
      await deliver(name, 'no json');
  }

  it('uses what it declares, and declares what it uses', async () => {
    await everyWayThroughTheFunctions();
    const seen = (rights: ReadonlySet<UsedRight>) => [...rights].filter((right) => !UNSEEN.test(right)).toSorted();
    const used = Object.fromEntries(FUNCTIONS.map((name) => [name, seen(recorders.get(name)?.used ?? new Set())]));
    const declared = Object.fromEntries(
      FUNCTIONS.map((name) => {
        const own = FUNCTION_NEEDS[name];
        // A signed PUT is the caller's request with the function's right.
        return [name, own ? seen(declaredRights(own)) : []];
      }),
    );
    expect(used).toEqual(declared);
  });
});
