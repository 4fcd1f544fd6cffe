import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  createLocalEmbedder,
  encodeDelta,
  indexRowId,
  initIndex,
  openLanceStore,
  type VectorStore,
} from '@slipstream/merchant-index';
import { type AllPorts, allPorts } from '@slipstream/pipeline';
import { CAFE, ocrDocument } from '@slipstream/pipeline/testing';
import { parseDocument } from '@slipstream/receipt-parser';
import { createLogger, sha256Hex } from '@slipstream/runtime';
import {
  DEFAULT_OWNER,
  deltaKey,
  deltaMessage,
  FUNCTION_NEEDS,
  imageIdOf,
  newRunId,
  recordKeys,
  systemClock,
} from '@slipstream/shared';
import { type AwsStore, openAwsStore } from '@slipstream/store-aws';
import { sqsRecord } from '@slipstream/testing/lambda-events';
import { describeOnServer, REGION } from '@slipstream/testing/vitest';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LocalFunction, payloadOf } from '../../runtime-api/index.ts';
import { bundleOf } from '../bundles/bundles.ts';
import { makeResources, type Resources, variablesOf } from './cloud/make-resources.ts';
import { type CallRecorder, declaredRights, recordCalls } from './cloud/recorded-calls.ts';

/** Only versions older than ten minutes are removed; listing shows in no path. */
const UNSEEN = /^s3:(ListBucket|DeleteObject) /;
const execute = promisify(execFile);
const CLI = fileURLToPath(new URL('../../../../apps/cli/dist/slipstream.js', import.meta.url));
const IMAGE_ID = imageIdOf(sha256Hex(Buffer.from('compacted')));
const TEXTS = ['CORNER CAFE', 'Flat white 3.50', 'TOTAL 3.50'];

describeOnServer('the compaction bundle, with its index on S3', (endpoint) => {
  const embedder = createLocalEmbedder();
  let resources: Resources;
  let store: AwsStore;
  let ports: AllPorts;
  let vectors: VectorStore;
  let recorder: CallRecorder;
  let compaction: LocalFunction;
  const log: string[] = [];

  beforeAll(async () => {
    resources = await makeResources(endpoint, REGION, 100);
    store = openAwsStore({
      region: REGION,
      endpoint,
      table: resources.table,
      rawBucket: resources.raw_bucket,
      artifactsBucket: resources.artifacts_bucket,
      queues: resources.queues,
    });
    ports = allPorts(store, { clock: systemClock, logger: createLogger({ name: 'test', level: 'silent' }) });
    const keys = { aws_access_key_id: 'test', aws_secret_access_key: 'test' };
    const storageOptions = { endpoint, region: REGION, allow_http: 'true', ...keys };
    vectors = openLanceStore({ uri: `s3://${resources.artifacts_bucket}`, storageOptions });
    await initIndex({ ...ports, vectors, identity: embedder.identity }, 'lines');
    recorder = await recordCalls(endpoint, resources, {});
    compaction = new LocalFunction({
      name: 'compaction',
      bundle_dir: bundleOf('compaction'),
      variables: {
        ...variablesOf(resources),
        ...Object.fromEntries(
          Object.entries(variablesOf(resources)).flatMap(([variable, value]) =>
            variable.endsWith('_URL') ? [[variable, new URL(new URL(value).pathname, recorder.url).href]] : [],
          ),
        ),
        AWS_REGION: REGION,
        AWS_ENDPOINT_URL: recorder.url,
        AWS_ACCESS_KEY_ID: 'compaction',
        AWS_SECRET_ACCESS_KEY: 'test',
      },
      timeout_ms: 120_000,
      onLog: (line) => log.push(line),
    });
  });
  afterAll(async () => {
    compaction.close();
    recorder.close();
    await vectors.close();
    store.close();
  });

  const deliver = async (body: string) => {
    const record = sqsRecord({ id: crypto.randomUUID(), body });
    return payloadOf(await compaction.invoke({ Records: [record] }));
  };

  /** What process-ocr-results leaves behind. */
  async function readOnce(texts: readonly string[]): Promise<string> {
    const known = await ports.jobs.image(IMAGE_ID);
    const image = {
      image_id: IMAGE_ID,
      owner_id: DEFAULT_OWNER,
      s3_bucket: resources.raw_bucket,
      s3_key: `raw/${IMAGE_ID}`,
      size: 1,
    };
    const job = known ? await ports.jobs.reprocess(IMAGE_ID, 'c') : (await ports.jobs.create(image, 'c')).job;
    const claim = await ports.jobs.claim(IMAGE_ID, job.job_id, { owner: 'test', expires_at: Date.now() + 60_000 });
    const published = claim.kind === 'claimed' ? await ports.jobs.publish(claim.job, 'document') : null;
    if (!published) throw new Error('not published');
    const completion = await ports.receipts.prepare(published);
    const [run_id, revision] = [newRunId(), completion.revisionOf('00001')];
    const vectorsOf = await embedder.embed(texts);
    const key = { image_id: IMAGE_ID, receipt_id: '00001' };
    const nobody = { merchant_id: null, phone: null, address_key: null };
    const rows = texts.map((text, place) => ({
      ...key,
      ...nobody,
      id: indexRowId(key, place),
      revision,
      text,
      vector: vectorsOf[place] ?? new Float32Array(),
    }));
    const receipts = [{ receipt_id: '00001', revision }];
    const bytes = encodeDelta({ identity: embedder.identity, image_id: IMAGE_ID, receipts, rows });
    await store.artifacts.put(deltaKey('lines', run_id), bytes);
    const run = {
      image_id: IMAGE_ID,
      run_id,
      collection: 'lines',
      delta_sha256: sha256Hex(bytes),
      receipts,
      rows: rows.length,
    };
    const [receipt] = parseDocument(ocrDocument('0'.repeat(64), CAFE), { image_id: IMAGE_ID });
    if (!receipt) throw new Error('the café is no receipt any more');
    await ports.receipts.complete(completion, [receipt], {
      indexed: new Map([['00001', { run_id, rows_revision: revision }]]),
      writes: [ports.compactionRuns.createWrite(run)],
    });
    const created = await ports.compactionRuns.get(IMAGE_ID, run_id, 'lines');
    if (!created) throw new Error('no run');
    return JSON.stringify(deltaMessage(created));
  }

  async function livingTexts(): Promise<readonly string[]> {
    const snapshot = await ports.indexRecords.snapshot('lines');
    if (!snapshot) throw new Error('no snapshot');
    const reader = await vectors.openReader(snapshot.table, embedder.identity, snapshot.version);
    const rows = await Array.fromAsync(reader.rows());
    await reader.close();
    return rows
      .filter((row) => !row.deleted)
      .map(({ text }) => text)
      .toSorted();
  }

  it('merges, replaces, tombstones, puts in order and refuses, with the rights that it declares', async () => {
    const first = await readOnce(TEXTS);
    expect(await deliver(first), log.join('\n')).toEqual({ batchItemFailures: [] });
    expect(await livingTexts()).toEqual(TEXTS.toSorted());
    // Put in order is what was not for an hour.
    const optimised_at = '2020-01-01T00:00:00.000Z';
    await store.records.write({ kind: 'update', key: recordKeys.snapshot('lines'), set: { optimised_at } });
    expect(await deliver(await readOnce(TEXTS.slice(0, 1)))).toEqual({ batchItemFailures: [] });
    expect(await deliver(first)).toEqual({ batchItemFailures: [] });
    expect(await livingTexts()).toEqual(TEXTS.slice(0, 1));
    expect(await ports.indexRecords.snapshot('lines')).toMatchObject({ rows: 1, merges: 0 });
    expect(await deliver('no json')).toEqual({ batchItemFailures: [] });
    const own = FUNCTION_NEEDS.compaction;
    const seen = (rights: Iterable<string>) => [...rights].filter((right) => !UNSEEN.test(right)).toSorted();
    expect(seen(recorder.used)).toEqual(own ? seen(declaredRights(own)) : []);
  });

  it('an operator sees it, and moves it to a folder and back, with AWS credentials and the outputs of the deploy', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'slipstream-index-'));
    const variables = Object.entries(variablesOf(resources)).map(([name, value]) => [name.toLowerCase(), value]);
    const outputs = { api_url: 'http://127.0.0.1:1', region: REGION, ...Object.fromEntries(variables) };
    writeFileSync(join(folder, 'outputs.json'), JSON.stringify({ 'slipstream-test': outputs }));
    const slipstream = async (...args: readonly string[]) => {
      const all = [CLI, 'index', ...args, '--outputs', join(folder, 'outputs.json'), '--json'];
      const env = {
        PATH: process.env.PATH,
        HOME: folder,
        AWS_ENDPOINT_URL: endpoint,
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test',
      };
      return JSON.parse((await execute(process.execPath, all, { env })).stdout);
    };
    const uri = `s3://${resources.artifacts_bucket}/index/lines.lance`;
    try {
      expect(await slipstream('init')).toMatchObject([{ created: false, uri }]);
      const [{ published }] = await slipstream('status');
      expect(published).toMatchObject({ uri });
      const moved = await slipstream('move', '--to', join(folder, 'home'));
      expect(moved).toMatchObject([{ from: uri, rows: published.rows }]);
      expect((await slipstream('status'))[0].published).toMatchObject({ uri: moved[0].uri, rows: published.rows });
      // The old one lies there still, as it was: what is the same is not written again.
      expect(await slipstream('move', '--to', 's3')).toMatchObject([{ uri, rows: published.rows }]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
