import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { Jobs } from '@slipstream/records';
import { sha256Hex } from '@slipstream/runtime';
import { DEFAULT_OWNER, imageIdOf, rawKey, recordKeys, systemClock } from '@slipstream/shared';
import { openAwsStore } from '@slipstream/store-aws';
import { hasMoto, type MotoServer, startMoto } from '@slipstream/testing/aws-server';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const PROGRAM = fileURLToPath(new URL('../../src/receipt-ocr.ts', import.meta.url));
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
  'base64',
);
const REGION = 'us-east-1';
const TABLE = 'ReceiptsTable';
const AT = '2026-01-01T00:00:00.000Z';
const TEST_MS_MAX = 120_000;

describe.skipIf(!hasMoto())('receipt-ocr on AWS (skipped without moto_server: pip install "moto[server]")', () => {
  let server: MotoServer;
  let runDir: string;

  beforeAll(async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
    server = await startMoto();
    vi.stubEnv('AWS_ENDPOINT_URL', server.endpoint);
    runDir = mkdtempSync(join(tmpdir(), 'aws-agent-'));
  }, TEST_MS_MAX);
  afterAll(() => {
    server.stop();
    rmSync(runDir, { recursive: true, force: true });
    vi.unstubAllEnvs();
  });

  it(
    "drains the queue with the seeds' flags alone: the buckets stand in the table",
    async () => {
      const { jobsUrl, resultsUrl } = await deploy();
      const store = openAwsStore({
        region: REGION,
        table: TABLE,
        rawBucket: 'the-raw',
        artifactsBucket: 'the-artifacts',
        queues: { 'ocr-queue': { url: jobsUrl }, 'ocr-results-queue': { url: resultsUrl } },
      });
      const config = { type: 'CONFIG', revision: 1, created_at: AT, updated_at: AT };
      const buckets = { raw_bucket: 'the-raw', artifacts_bucket: 'the-artifacts' };
      await store.records.write({ kind: 'put', record: { ...recordKeys.config(), ...config, ...buckets } });
      const image_id = imageIdOf(sha256Hex(PNG));
      const s3_key = rawKey(image_id);
      await store.raw.put(s3_key, PNG);
      const jobs = new Jobs(store.records, systemClock);
      const { job } = await jobs.create(
        { image_id, owner_id: DEFAULT_OWNER, s3_bucket: 'the-raw', s3_key, size: PNG.byteLength },
        'c-1',
      );
      await store.queue('ocr-queue').send({ image_id, job_id: job.job_id, s3_bucket: 'the-raw', s3_key });

      const seeds = ['--ocr-job-queue-url', jobsUrl, '--ocr-results-queue-url', resultsUrl];
      const agent = [...seeds, '--dynamo-table-name', TABLE, '--region', REGION, '--engine', 'null'];
      const env = { ...process.env, SLIPSTREAM_RUN_DIR: runDir };
      const child = spawn(process.execPath, [PROGRAM, ...agent], { env, stdio: 'inherit' });
      expect(await once(child, 'close')).toEqual([0, null]);

      const done = await jobs.get(image_id, job.job_id);
      expect(done).toMatchObject({ status: 'OCR_DONE' });
      expect(await store.artifacts.head(done?.document_key ?? '')).not.toBeNull();
      const results = store.queue('ocr-results-queue');
      const [result] = await results.receive({ max: 1, waitMs: 1_000, visibilityMs: 1_000 });
      expect(JSON.parse(result?.body ?? '{}')).toEqual({ image_id, job_id: job.job_id });
      expect(await store.queue('ocr-queue').depth()).toMatchObject({ ready: 0, inFlight: 0, dead: 0 });
      store.close();
    },
    TEST_MS_MAX,
  );
});

/** As much of a deploy as the agent needs. */
async function deploy() {
  const at = { region: REGION };
  const sqs = new SQSClient(at);
  const dead = await sqs.send(new CreateQueueCommand({ QueueName: 'ocr-queue-dead' }));
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: dead.QueueUrl ?? '', AttributeNames: ['QueueArn'] }),
  );
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: Attributes?.QueueArn, maxReceiveCount: 100 });
  const jobs = await sqs.send(new CreateQueueCommand({ QueueName: 'ocr-queue', Attributes: { RedrivePolicy } }));
  const results = await sqs.send(new CreateQueueCommand({ QueueName: 'ocr-results-queue' }));
  const s3 = new S3Client({ ...at, forcePathStyle: true });
  for (const Bucket of ['the-raw', 'the-artifacts']) await s3.send(new CreateBucketCommand({ Bucket }));
  const names = ['pk', 'sk', 'gsi1pk', 'gsi1sk'];
  const key = (hash: string, range: string) => [
    { AttributeName: hash, KeyType: 'HASH' as const },
    { AttributeName: range, KeyType: 'RANGE' as const },
  ];
  await new DynamoDBClient(at).send(
    new CreateTableCommand({
      TableName: TABLE,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
      KeySchema: key('pk', 'sk'),
      GlobalSecondaryIndexes: [
        { IndexName: 'gsi1', KeySchema: key('gsi1pk', 'gsi1sk'), Projection: { ProjectionType: 'ALL' } },
      ],
    }),
  );
  return { jobsUrl: jobs.QueueUrl ?? '', resultsUrl: results.QueueUrl ?? '' };
}
