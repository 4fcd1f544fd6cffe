import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { png } from '@slipstream/pipeline/testing';
import { Jobs } from '@slipstream/records';
import { sha256Hex } from '@slipstream/runtime';
import { DEFAULT_OWNER, functionNeedsSchema, imageIdOf, rawKey, systemClock } from '@slipstream/shared';
import { type AwsStore, openAwsStore } from '@slipstream/store-aws';
import { describeOnServer, REGION } from '@slipstream/testing/vitest';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AGENT_PROGRAM, agentFlags, startAgentProcess } from './cloud/agent-process.ts';
import { makeResources, type Resources } from './cloud/make-resources.ts';
import { type CallRecorder, declaredRights, recordCalls } from './cloud/recorded-calls.ts';

const NEEDS = new URL('../../../../apps/ocr-agent/needs.json', import.meta.url);
const END_MS_MAX = 120_000;

describeOnServer('the agent', (endpoint) => {
  let resources: Resources;
  let recorder: CallRecorder;
  let store: AwsStore;
  let jobs: Jobs;
  const log: string[] = [];

  beforeEach(async () => {
    resources = await makeResources(endpoint, REGION, 100);
    recorder = await recordCalls(endpoint, resources);
    const { table, raw_bucket: rawBucket, artifacts_bucket: artifactsBucket, queues } = resources;
    store = openAwsStore({ region: REGION, endpoint, table, rawBucket, artifactsBucket, queues });
    jobs = new Jobs(store.records, systemClock);
  });
  afterEach(() => {
    recorder.close();
    store.close();
  });

  const options = () =>
    ({
      engine: 'null',
      endpoint: recorder.url,
      region: REGION,
      skew_ms: 0,
      onLog: (line: string) => log.push(line),
    }) as const;

  /** The same queues, at the recorder. */
  function recorded(): Resources {
    const moved = (url: string) => new URL(new URL(url).pathname, recorder.url).href;
    const { queues } = resources;
    const { 'ocr-queue': ocr, 'ocr-results-queue': results } = queues;
    return {
      ...resources,
      queues: {
        ...queues,
        'ocr-queue': { ...ocr, url: moved(ocr.url) },
        'ocr-results-queue': { ...results, url: moved(results.url) },
      },
    };
  }

  /** A job for `bytes`; `stored` is what lies under its key. */
  async function submit(bytes: Uint8Array, stored: Uint8Array | null): Promise<void> {
    const image_id = imageIdOf(sha256Hex(bytes));
    const [s3_bucket, s3_key] = [resources.raw_bucket, rawKey(image_id)];
    if (stored) await store.raw.put(s3_key, stored);
    const { job } = await jobs.create(
      { image_id, owner_id: DEFAULT_OWNER, s3_bucket, s3_key, size: bytes.byteLength },
      'rights',
    );
    await store.queue('ocr-queue').send({ image_id, job_id: job.job_id, s3_bucket, s3_key });
  }

  async function untilCount(status: 'RUNNING' | 'OCR_DONE' | 'FAILED', count: number): Promise<void> {
    const end = Date.now() + END_MS_MAX;
    while ((await jobs.list(status, { limit: 100 })).items.length !== count) {
      if (Date.now() > end) throw new Error(`not ${count} jobs ${status}:\n${log.slice(-20).join('\n')}`);
      await sleep(100);
    }
  }

  async function runDoctor(): Promise<void> {
    const child = spawn(process.execPath, [AGENT_PROGRAM, 'doctor', ...agentFlags(recorded(), options())], {
      env: { ...process.env, AWS_ENDPOINT_URL: recorder.url, AWS_ACCESS_KEY_ID: 'doctor', AWS_SECRET_ACCESS_KEY: 'x' },
      stdio: 'ignore',
    });
    await new Promise((resolve) => child.once('exit', resolve));
  }

  it('calls what its rights name, and its rights name what it calls', async () => {
    // One that was killed with a job in hand leaves it to its successor.
    await submit(png('claimed'), png('claimed'));
    const claimed = (await jobs.list('PENDING', { limit: 1 })).items[0];
    if (!claimed) throw new Error('no job');
    const owner = `${hostname()}/999999999/gone/1`;
    await jobs.claim(claimed.image_id, claimed.job_id, { owner, expires_at: Date.now() + 3_600_000 });
    await submit(png('whole'), png('whole'));
    await submit(png('other bytes'), png('not these'));
    await submit(png('never stored'), null);

    await runDoctor();
    const agent = startAgentProcess(recorded(), options());
    try {
      await untilCount('FAILED', 2);
      await untilCount('OCR_DONE', 2);
    } finally {
      await agent.stop();
    }
    const needs = functionNeedsSchema.parse(JSON.parse(readFileSync(NEEDS, 'utf8')));
    expect([...recorder.used].toSorted()).toEqual([...declaredRights(needs)].toSorted());
  });
});
