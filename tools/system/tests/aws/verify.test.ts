import { DeleteQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DEPLOYED_QUEUE_NAMES, FUNCTION_NEEDS, recordKeys } from '@slipstream/shared';
import { type SilentServer, silentHandshake } from '@slipstream/testing/silent-servers';
import { describeOnServer, REGION } from '@slipstream/testing/vitest';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { type HttpFront, type InvokeFront, serveFunction, serveInvocations } from '../../runtime-api/index.ts';
import { type LocalCloud, startCloud } from './cloud/local-cloud.ts';
import { LocalRoles, OPERATOR } from './cloud/local-roles.ts';
import { type Finished, Operator } from './cloud/operator.ts';
import { expectNothingDead, SETTLE_MS_MAX, untilQueuesAreEmpty } from './cloud/outcome.ts';

const stepSchema = z.object({ step: z.string(), ok: z.boolean(), detail: z.string(), remedy: z.string().nullable() });
const reportSchema = z.object({ stack: z.string(), ok: z.boolean(), steps: z.array(stepSchema) });
/** Reached on this machine; the others are on the internet. */
const TARGETS = ['--targets', 's3,dynamodb,sqs,secretsmanager'];
/** Of a sample that somebody reads. */
const WAIT = ['--wait', '180'];

describeOnServer('npm run verify', (endpoint) => {
  let silent: SilentServer;
  let cloud: LocalCloud;
  let roles: LocalRoles;
  let api: HttpFront;
  let lambda: InvokeFront;
  let operator: Operator;

  beforeAll(async () => {
    silent = await silentHandshake();
    // Connections to it are taken, and never answered.
    cloud = await startCloud(endpoint, { variables: { OPENAI_BASE_URL: `http://127.0.0.1:${silent.port}/v1` } });
    roles = new LocalRoles(cloud.resources, Object.values(FUNCTION_NEEDS));
    cloud.proxy.decide = (passing) => roles.verdict(passing);
    api = await serveFunction({ target: cloud.functions.api, claimsOf: () => ({ sub: 'operator' }) });
    lambda = await serveInvocations(Object.values(cloud.functions));
    operator = new Operator(cloud, { api: api.url, lambda: lambda.url });
  });
  afterEach(() => {
    roles.denied.clear();
    for (const { function: name } of Object.values(FUNCTION_NEEDS)) roles.assumable.add(name);
  });
  afterAll(async () => {
    operator.close();
    await Promise.all([api.close(), lambda.close()]);
    await cloud.stop();
    silent.close();
  });

  /** Rows that failed, by their step. */
  const failedSteps = ({ out, err, code }: Finished) => {
    expect(err).toBe('');
    const { ok, steps } = reportSchema.parse(JSON.parse(out));
    const failed = new Map(steps.filter((step) => !step.ok).map((step) => [step.step, step]));
    expect({ code, ok }).toEqual(failed.size === 0 ? { code: 0, ok: true } : { code: 1, ok: false });
    for (const { remedy, detail } of failed.values()) {
      expect(remedy).toMatch(/\w+ \w+/);
      expect(detail).not.toBe('');
    }
    return failed;
  };

  /** Of the sample only what is in no list and ends by itself. */
  async function expectNothingLeft(out: string): Promise<void> {
    const imageId = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(/bytes as [0-9a-f-]+/.exec(out)?.[0] ?? '');
    if (imageId === null) throw new Error(`no sample in: ${out}`);
    const partition = recordKeys.image(imageId[0]).pk;
    const { items } = await cloud.store.records.query({ partition, limit: 100 });
    expect(items.map(({ type }) => type).toSorted()).toEqual(['IMAGE', 'OCR_JOB']);
    for (const record of items) {
      expect(record).toMatchObject({ ttl: expect.any(Number) });
      expect(record).not.toHaveProperty('gsi1pk');
    }
    const mine = await cloud.store.records.query({ partition: 'CALLER#operator', limit: 10 });
    expect(mine.items).toEqual([]);
    for (const store of [cloud.store.raw, cloud.store.artifacts]) {
      expect((await store.list({ prefix: '', limit: 10 })).items).toEqual([]);
    }
    for (const name of DEPLOYED_QUEUE_NAMES) expect((await cloud.store.queue(name).depth()).dead).toBe(0);
  }

  it('says that the sample was not read when nobody reads it, and removes it: an agent that comes late finds nothing dead', async () => {
    const finished = await operator.verify(['--json', ...TARGETS, '--wait', '4']);
    const failed = failedSteps(finished);
    expect([...failed.keys()]).toEqual(['sample: COMPLETED', 'sample: validated']);
    expect(failed.get('sample: COMPLETED')).toMatchObject({
      detail: expect.stringMatching(/After \d+ s the job is PENDING/),
      remedy: expect.stringContaining('slipstream agents --stack test'),
    });
    await expectNothingLeft(finished.out);

    cloud.startAgent({ engine: 'tesseract' });
    await untilQueuesAreEmpty(cloud, SETTLE_MS_MAX);
    await expectNothingDead(cloud);
  });

  it('removes what it made when it is interrupted', async () => {
    const finished = await operator.verify([...TARGETS, ...WAIT], { interruptedAfter: /validate-queue-dead/ });
    expect(finished.code).not.toBe(0);
    expect(finished.out).toMatch(/FAILED {2}all steps .*interrupted/);
    await untilQueuesAreEmpty(cloud, SETTLE_MS_MAX);
    for (const store of [cloud.store.raw, cloud.store.artifacts]) {
      expect((await store.list({ prefix: '', limit: 10 })).items).toEqual([]);
    }
  });

  it('passes, a row a step, each function with no more rights than it declares', async () => {
    const finished = await operator.verify([...TARGETS, ...WAIT]);
    expect(finished).toMatchObject({ code: 0, err: '' });
    const rows = finished.out.trimEnd().split('\n');
    expect(rows.pop()).toBe(`${rows.length} of ${rows.length} steps passed.`);
    for (const row of rows) expect(row).toMatch(/^ok {4} {2}\S.* {2}\d+ ms {2}\S/);
    for (const step of ['queue ocr-queue', 'reach dynamodb', 'api: its role', 'sweeper: a record', 'clean up']) {
      expect(finished.out).toContain(step);
    }
    expect(finished.out).toMatch(/sample: COMPLETED .*1 receipts found/);
    expect(finished.out).toMatch(/sample: validated .*receipt 1 is (VALID|NEEDS_REVIEW)/);
    await expectNothingLeft(finished.out);
  });

  it('names the right that a role lacks, and the role that cannot be assumed', async () => {
    roles.denied.set('validate-receipt', new Set(['s3:PutObject artifacts-bucket/reviews/*']));
    roles.denied.set('sweeper', new Set(['dynamodb:GetItem table']));
    roles.denied.set('compaction', new Set(['s3:DeleteObject artifacts-bucket/index/*']));
    roles.assumable.delete('api');
    const finished = await operator.verify(['--json', ...TARGETS, ...WAIT]);
    const failed = failedSteps(finished);
    expect([...failed.keys()].toSorted()).toEqual([
      'api: its role',
      'compaction: an object in index/',
      'sweeper: a record',
      'validate-receipt: an object in reviews/',
    ]);
    expect(failed.get('api: its role')).toMatchObject({
      detail: expect.stringContaining('sts:AssumeRole'),
      remedy: expect.stringContaining('operator_arns'),
    });
    expect(failed.get('validate-receipt: an object in reviews/')).toMatchObject({
      detail: expect.stringContaining('ACCESS_DENIED'),
      remedy: expect.stringContaining('needs.json'),
    });
    await expectNothingLeft(finished.out);
  });

  it('says that it could not remove what it may not delete', async () => {
    roles.denied.set(OPERATOR, new Set(['s3:DeleteObject raw-bucket/raw/*']));
    const finished = await operator.verify(['--json', '--as-operator', ...TARGETS, ...WAIT]);
    const failed = failedSteps(finished);
    expect([...failed.keys()]).toEqual(['clean up']);
    expect(failed.get('clean up')?.remedy).toContain('deleted by hand');
    for (const { key } of (await cloud.store.raw.list({ prefix: '', limit: 10 })).items) {
      await cloud.store.raw.delete(key);
    }
  });

  it('says where a target hangs', async () => {
    const finished = await operator.verify(['--json', '--as-operator', '--targets', 's3,openai', ...WAIT]);
    const failed = failedSteps(finished);
    expect([...failed.keys()]).toEqual(['reach openai']);
    expect(failed.get('reach openai')).toMatchObject({
      detail: 'http: TIMED_OUT',
      remedy: expect.stringContaining('no answer came within 5000 ms'),
    });
    await expectNothingLeft(finished.out);
  });

  it('names the queue that is missing', async () => {
    const QueueUrl = cloud.resources.queues['validate-queue'].deadUrl;
    await new SQSClient({ endpoint, region: REGION }).send(new DeleteQueueCommand({ QueueUrl }));
    const failed = failedSteps(await operator.verify(['--json', ...TARGETS, ...WAIT]));
    expect([...failed.keys()]).toEqual(['queue validate-queue', 'validate-receipt: a message in validate-queue-dead']);
    expect(failed.get('queue validate-queue')).toMatchObject({
      detail: expect.stringContaining('AWS knows no such resource'),
      remedy: expect.stringContaining('deploy the stack'),
    });
  });
});
