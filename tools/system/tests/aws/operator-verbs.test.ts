import { randomUUID } from 'node:crypto';
import { CreateSecretCommand, GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DEPLOYED_QUEUE_NAMES, imageIdOf, jobIdOf, rawKey, type SlipstreamError } from '@slipstream/shared';
import { describeOnServer, REGION } from '@slipstream/testing/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putImages } from './cloud/images.ts';
import { type LocalCloud, startCloud } from './cloud/local-cloud.ts';
import { Operator } from './cloud/operator.ts';
import { SETTLE_MS_MAX, untilQueuesAreEmpty, untilSettled } from './cloud/outcome.ts';

const QUIET_MS = 20_000;

describeOnServer('an operator with AWS credentials and the outputs of the deploy', (endpoint) => {
  let cloud: LocalCloud;
  let operator: Operator;
  let openaiArn = '';
  const secrets = new SecretsManagerClient({ endpoint, region: REGION });
  beforeAll(async () => {
    cloud = await startCloud(endpoint);
    // These verbs ask neither the API nor a function.
    const { ARN = '' } = await secrets.send(new CreateSecretCommand({ Name: `openai-${cloud.resources.table}` }));
    const outputs = { openai_secret_arn: ARN, places_secret_arn: ARN.replace('openai', 'missing') };
    operator = new Operator(cloud, { api: 'http://127.0.0.1:1', lambda: 'http://127.0.0.1:1' }, outputs);
    openaiArn = ARN;
  });
  afterAll(async () => {
    operator.close();
    await cloud.stop();
  });

  const json = async (...args: readonly string[]) => {
    const { out, err } = await operator.slipstream(...args, '--json');
    expect(err).toBe('');
    return JSON.parse(out);
  };
  const bury = async (id: string, body: string, code: SlipstreamError['code']) =>
    cloud.store.queue('ocr-queue').dead.put({ id, body, reason: { code, message: `it was ${code}` }, receiveCount: 3 });

  describe('slipstream queues', () => {
    it('counts what waits and what is dead in each queue', async () => {
      await cloud.store.queue<unknown>('compaction-queue').send({ kind: 'refresh' });
      await bury('counted', '{}', 'MESSAGE_INVALID');
      const rows = await json('queues');
      expect(rows.map(({ queue }: { queue: string }) => queue)).toEqual([...DEPLOYED_QUEUE_NAMES]);
      expect(rows.find(({ queue }: { queue: string }) => queue === 'compaction-queue')).toMatchObject({ ready: 1 });
      expect(rows.find(({ queue }: { queue: string }) => queue === 'ocr-queue')).toMatchObject({ ready: 0, dead: 1 });
      const { code, out } = await operator.slipstream('queues');
      expect(code).toBe(0);
      expect(out).toMatch(/compaction-queue +1 +0 +0 +0/);
      expect(out).toContain('slipstream dead list');
      await cloud.store.queue('ocr-queue').dead.remove('counted');
    });
  });

  describe('slipstream dead', () => {
    it('lists, shows and redrives letters; what is redriven is worked on', async () => {
      const [imageId = ''] = await putImages(cloud, 1);
      await expect.poll(() => cloud.jobs.current(imageId), { timeout: QUIET_MS }).not.toBeNull();
      const job = { image_id: imageId, job_id: jobIdOf(imageId, 1) };
      const message = { ...job, s3_bucket: cloud.resources.raw_bucket, s3_key: rawKey(imageId) };
      // The message that waits for an agent is taken away: only the letter is left of it.
      const [waiting] = await cloud.store.queue('ocr-queue').receive({ max: 1, waitMs: 2_000, visibilityMs: 5_000 });
      await waiting?.ack();
      await bury('lost', JSON.stringify(message), 'ENGINE_UNAVAILABLE');
      await bury('hopeless', '{"image_id": 7}', 'MESSAGE_INVALID');

      const letters = await json('dead', 'list', '--queue', 'ocr-queue');
      expect(letters.map(({ id }: { id: string }) => id).toSorted()).toEqual(['hopeless', 'lost']);
      expect((await operator.slipstream('dead', 'list')).out).toMatch(/lost +ocr-queue +ENGINE_UNAVAILABLE +3x/);
      expect(await json('dead', 'list', '--reason', 'MESSAGE_INVALID')).toMatchObject([{ id: 'hopeless' }]);
      const shown = await operator.slipstream('dead', 'show', 'lost');
      expect(shown.out).toContain('it was ENGINE_UNAVAILABLE');
      expect(shown.out).toContain(message.s3_key);
      expect(await operator.slipstream('dead', 'show', 'nobody')).toMatchObject({
        code: 1,
        err: expect.stringContaining('There is no dead letter nobody'),
      });

      const dry = await json('dead', 'redrive', '--reason', 'ENGINE_UNAVAILABLE', '--dry-run');
      expect(dry).toMatchObject([{ id: 'lost', redriven: false }]);
      expect(await json('dead', 'redrive', 'lost')).toMatchObject([{ id: 'lost', redriven: true }]);
      expect(await operator.slipstream('dead', 'redrive', 'lost')).toMatchObject({ code: 1 });
      cloud.startAgent();
      await untilSettled(cloud, [imageId], SETTLE_MS_MAX);
      expect(await json('dead', 'list')).toMatchObject([{ id: 'hopeless' }]);
    });

    it('gives a job that FAILED another one, and the letter goes', async () => {
      const [imageId = ''] = await putImages(cloud, 1);
      await untilSettled(cloud, [imageId], SETTLE_MS_MAX);
      const again = await cloud.jobs.reprocess(imageId, randomUUID());
      await cloud.jobs.fail(again, { code: 'ENGINE_FAILED', message: 'test' });
      const message = { image_id: imageId, job_id: again.job_id, s3_bucket: cloud.resources.raw_bucket };
      await bury('failed', JSON.stringify({ ...message, s3_key: rawKey(imageId) }), 'ENGINE_FAILED');
      expect(await json('dead', 'redrive', '--reason', 'ENGINE_FAILED')).toMatchObject([{ redriven: true }]);
      await expect
        .poll(async () => (await cloud.jobs.current(imageId))?.job, { timeout: SETTLE_MS_MAX })
        .toMatchObject({ generation: 3, status: 'COMPLETED' });
      await untilQueuesAreEmpty(cloud, SETTLE_MS_MAX);
    });

    it('sends a letter about nothing back to where it came from, with its reason', async () => {
      const nobody = imageIdOf('a'.repeat(64));
      const message = { image_id: nobody, job_id: nobody, s3_bucket: cloud.resources.raw_bucket };
      await bury('in vain', JSON.stringify({ ...message, s3_key: rawKey(nobody) }), 'STALLED');
      await json('dead', 'redrive', '--reason', 'STALLED');
      await expect
        .poll(() => json('dead', 'list', '--reason', 'JOB_NOT_FOUND'), { timeout: SETTLE_MS_MAX, interval: 2_000 })
        .toMatchObject([{ queue: 'ocr-queue', reason: { code: 'JOB_NOT_FOUND' } }]);
    });
  });

  describe('slipstream secrets set', () => {
    const KEY = 'sk-a-key-that-nobody-has';

    it('takes the value from standard input, and repeats it nowhere', async () => {
      const finished = await operator.slipstreamWith(`${KEY}\n`, 'secrets', 'set', 'openai', '--env', 'test');
      expect(finished).toMatchObject({ code: 0, err: '' });
      expect(finished.out).toContain('openai of slipstream-test is set');
      expect(finished.out).not.toContain(KEY);
      const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: openaiArn }));
      expect(SecretString).toBe(KEY);
    });

    it.each([
      ['nothing on standard input', '', ['openai'], 'Nothing came'],
      ['a value that is too long', 'x'.repeat(70_000), ['openai'], 'at most 65536 bytes'],
      ['no such secret', KEY, ['telegram'], 'openai or places'],
      ['the value as an argument', '', [KEY], 'openai or places'],
      ['a secret that the stack does not have', KEY, ['places'], 'AWS knows no such resource'],
    ])('refuses %s, and says what to do', async (_, input, args, sentence) => {
      const { code, out, err } = await operator.slipstreamWith(input, 'secrets', 'set', ...args);
      expect(code).toBe(1);
      expect(err).toContain(sentence);
      expect(out + err).not.toContain(KEY);
    });
  });

  it('slipstream agents tells who works, with what', async () => {
    await expect
      .poll(() => json('agents'), { timeout: QUIET_MS, interval: 1_000 })
      .toMatchObject([{ engine: 'null', state: expect.any(String) }]);
    expect((await operator.slipstream('agents')).out).toContain('null');
  });
});
