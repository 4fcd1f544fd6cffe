import { randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { LambdaClient, ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';
import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { openAwsStore } from '@slipstream/store-aws';
import type { Placeholders } from './run-printed.ts';

const ACCOUNT = '123456789012';
const REGION = 'us-east-1';
const STACK = 'slipstream-dev';
const STATE_BUCKET = `slipstream-state-${ACCOUNT}-${REGION}`;
const STATE = `${STACK}.tfstate`;
const INFRA = 'packages/infra-terraform-cdktf';

export interface SceneParts {
  readonly endpoint: string;
  readonly checkout: string;
  readonly home: string;
  readonly imageId: string;
  readonly liveVersion: string;
  readonly tableAddress: string;
  /** What functions wrote. */
  readonly log: readonly string[];
  /** Each returns what was printed, and rejects where the command fails. */
  shell(line: string): Promise<string>;
  terraform(args: string): Promise<string>;
}

/** What an operator comes upon: a dead letter, a deleted object, a lock that was left behind, a log to look at. */
export class Scene {
  readonly #parts: SceneParts;
  readonly #s3: S3Client;
  readonly #lockId = randomUUID();

  constructor(parts: SceneParts) {
    this.#parts = parts;
    this.#s3 = new S3Client({ endpoint: parts.endpoint, region: REGION, forcePathStyle: true });
  }

  close(): void {
    this.#s3.destroy();
  }

  async prepare(): Promise<Placeholders> {
    const { checkout, home, imageId, log } = this.#parts;
    await this.#putDeadLetter();
    const Bucket = `${STACK}-artifacts-${ACCOUNT}`;
    const Key = 'notes/operator.txt';
    const { VersionId = '' } = await this.#s3.send(new PutObjectCommand({ Bucket, Key, Body: 'first' }));
    await this.#s3.send(new PutObjectCommand({ Bucket, Key, Body: 'second' }));
    const deleted = await this.#s3.send(new DeleteObjectCommand({ Bucket, Key }));
    const lines = log.map((line) => line.replace(/^[\w-]+: /, '')).join('\n');
    writeFileSync(join(checkout, 'exported.log'), lines);
    writeFileSync(join(checkout, 'exported.log.gz'), gzipSync(lines));
    writeFileSync(join(checkout, 'key.txt'), 'sk-of-no-account\n');
    copyFileSync(join(checkout, INFRA, 'outputs.dev.json'), join(checkout, 'outputs.json'));
    mkdirSync(join(home, 'Pictures/receipts'), { recursive: true });
    return {
      ENV: 'dev',
      FUNCTION: 'validate-receipt',
      QUEUE: 'ocr-queue',
      CODE: 'ENGINE_UNAVAILABLE',
      REGION,
      ACCOUNT,
      IMAGE_ID: imageId,
      VERSION_BEFORE: this.#parts.liveVersion,
      EXPORTED_LOG: 'exported.log',
      MAPPING_ID: await this.#mappingId(),
      INSTANT_BEFORE_THE_LOSS: new Date().toISOString(),
      BUCKET: Bucket,
      KEY: Key,
      VERSION_ID: VersionId,
      DELETE_MARKER: deleted.VersionId ?? '',
      STATE_VERSION_ID: await this.#newestState(),
      TABLE_ADDRESS: this.#parts.tableAddress,
      LOCK_ID: this.#lockId,
      EMAIL: 'grace@example.com',
    };
  }

  /** What one line is about to find, and no other may. */
  async before(line: string): Promise<void> {
    if (line.startsWith('terraform force-unlock')) await this.#leaveLock();
    if (line.includes('state:move')) await this.#takeStateOutOfTheBucket();
  }

  /** With the restored table in the state and its name in the code, a plan must not replace it; then all is put back. */
  async after(line: string): Promise<string | null> {
    if (!line.startsWith('terraform import')) return null;
    const { checkout, tableAddress, shell, terraform } = this.#parts;
    const source = join(checkout, INFRA, 'src/data/table.ts');
    const code = readFileSync(source, 'utf8');
    writeFileSync(source, code.replace('-records`', '-records-restored`'));
    const plan = await shell('npm run diff -- --env dev');
    writeFileSync(source, code);
    await terraform(`state rm ${tableAddress}`);
    await terraform(`import ${tableAddress} ${STACK}-records`);
    const change = new RegExp(`# ${tableAddress}\\b.*(must be|will be) (replaced|destroyed|created)`).exec(plan)?.[0];
    return change ?? null;
  }

  async #mappingId(): Promise<string> {
    const client = new LambdaClient({ endpoint: this.#parts.endpoint, region: REGION });
    const { EventSourceMappings = [] } = await client.send(new ListEventSourceMappingsCommand({}));
    client.destroy();
    return EventSourceMappings[0]?.UUID ?? '';
  }

  async #newestState(): Promise<string> {
    const listed = await this.#s3.send(new ListObjectVersionsCommand({ Bucket: STATE_BUCKET, Prefix: STATE }));
    return listed.Versions?.find(({ IsLatest }) => IsLatest)?.VersionId ?? '';
  }

  async #putDeadLetter(): Promise<void> {
    const { endpoint, imageId } = this.#parts;
    const url = `${endpoint}/${ACCOUNT}/${STACK}-ocr-queue`;
    const queues = { 'ocr-queue': { url, deadUrl: `${url}-dead` } };
    const store = openAwsStore({ region: REGION, endpoint, queues });
    const job = { image_id: imageId, job_id: imageId, s3_bucket: `${STACK}-raw-${ACCOUNT}`, s3_key: `raw/${imageId}` };
    const reason = { code: 'ENGINE_UNAVAILABLE', message: 'as an operator comes upon it' } as const;
    await store.queue('ocr-queue').dead.put({ id: randomUUID(), body: JSON.stringify(job), reason, receiveCount: 3 });
    store.close();
  }

  /** As a Terraform that died leaves it beside the state. */
  async #leaveLock(): Promise<void> {
    const lock = { ID: this.#lockId, Operation: 'OperationTypeApply', Info: '', Who: 'ada@laptop', Version: '1.10.0' };
    const Body = JSON.stringify({ ...lock, Created: new Date().toISOString(), Path: `${STATE_BUCKET}/${STATE}` });
    await this.#s3.send(new PutObjectCommand({ Bucket: STATE_BUCKET, Key: `${STATE}.tflock`, Body }));
  }

  /** As if it had been deployed before the bootstrap: the state lies in a file, and in no bucket. */
  async #takeStateOutOfTheBucket(): Promise<void> {
    const file = join(this.#parts.checkout, INFRA, STATE);
    if (existsSync(file)) renameSync(file, `${file}.before`);
    writeFileSync(file, await this.#parts.terraform('state pull'));
    const { Versions = [] } = await this.#s3.send(
      new ListObjectVersionsCommand({ Bucket: STATE_BUCKET, Prefix: STATE }),
    );
    const Objects = Versions.map(({ Key, VersionId }) => ({ Key: Key ?? '', VersionId }));
    await this.#s3.send(new DeleteObjectsCommand({ Bucket: STATE_BUCKET, Delete: { Objects } }));
  }
}
