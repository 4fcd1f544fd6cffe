import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import {
  type FunctionConfiguration,
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { SQSClient } from '@aws-sdk/client-sqs';
import {
  type CallableFunction,
  type Invocation,
  LocalFunction,
  type Mapping,
  mapQueue,
  mapStream,
} from '../../runtime-api/index.ts';

export interface FunctionHostOptions {
  readonly endpoint: string;
  readonly region: string;
  /** Where the zips of every deploy are unpacked. */
  readonly folder: string;
  /** Whose node_modules has LanceDB's native module for this machine; the zips hold Graviton's. */
  readonly nodeModules: string;
  /** Of every function, over what its deploy sets. */
  readonly variables: Readonly<Record<string, string>>;
  readonly onLog: (line: string) => void;
}

const LANCEDB = `@lancedb/lancedb-${process.platform}-${process.arch}${process.platform === 'linux' ? '-gnu' : ''}`;
/** Lambda begins an initialisation that was too slow anew. */
const INIT_TRIES = 3;
/** How long an alias is taken as it was: a release shifts it and verifies some seconds later. */
const ALIAS_MS = 500;

/** Runs what is deployed: the version that an alias serves, by its weights, with that version's code and variables. */
export class FunctionHost {
  readonly #options: FunctionHostOptions;
  readonly #lambda: LambdaClient;
  readonly #folders = new Map<string, string>();
  readonly #versions = new Map<string, Promise<LocalFunction>>();
  readonly #aliases = new Map<string, { readonly at: number; readonly shares: Promise<Map<string, number>> }>();
  readonly #mappings = new Map<string, Mapping>();

  constructor(options: FunctionHostOptions) {
    this.#options = options;
    this.#lambda = new LambdaClient({ endpoint: options.endpoint, region: options.region });
  }

  /** Makes a zip's code runnable under the hash that the deploy gives Lambda. */
  addZip(path: string): void {
    const sha256 = createHash('sha256').update(readFileSync(path)).digest('base64');
    if (this.#folders.has(sha256)) return;
    const folder = join(this.#options.folder, Buffer.from(sha256, 'base64').toString('hex'));
    mkdirSync(folder, { recursive: true });
    const { status, stderr } = spawnSync('unzip', ['-q', '-o', path, '-d', folder], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${path} cannot be unpacked: ${stderr}`);
    const native = join(folder, 'node_modules', LANCEDB);
    mkdirSync(join(native, '..'), { recursive: true });
    symlinkSync(join(this.#options.nodeModules, LANCEDB), native);
    this.#folders.set(sha256, folder);
  }

  /** A function by its name, called through its live alias. */
  live(name: string): CallableFunction {
    return { name, invoke: (event) => this.#invokeLive(name, event) };
  }

  addMapping(
    id: string,
    request: { readonly EventSourceArn: string; readonly FunctionName: string; readonly BatchSize?: number },
  ) {
    const { endpoint, region, onLog } = this.#options;
    const target = this.live(functionName(request.FunctionName));
    const onError = (error: unknown) => onLog(`mapping of ${target.name}: ${error}`);
    const onInvocation = ({ outcome }: Invocation) => {
      if (outcome.kind !== 'returned') onLog(`${target.name} came to ${JSON.stringify(outcome)}`);
    };
    const [, , service, , account, queue] = request.EventSourceArn.split(':');
    const common = { target, onError, onInvocation };
    const mapping =
      service === 'sqs'
        ? mapQueue({
            ...common,
            client: new SQSClient({ endpoint, region }),
            queue_url: `${endpoint}/${account}/${queue}`,
            // A receive takes ten at most; Lambda gathers larger batches from several.
            batch_size: Math.min(10, request.BatchSize ?? 10),
            concurrency_max: 1,
          })
        : mapStream({
            ...common,
            client: new DynamoDBStreamsClient({ endpoint, region }),
            stream_arn: request.EventSourceArn,
          });
    this.#mappings.set(id, mapping);
  }

  async removeMapping(id: string): Promise<void> {
    const mapping = this.#mappings.get(id);
    this.#mappings.delete(id);
    await mapping?.stop();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#mappings.values()].map((mapping) => mapping.stop()));
    for (const version of this.#versions.values()) (await version.catch(() => null))?.close();
  }

  async #invokeLive(name: string, event: unknown): Promise<Invocation> {
    for (let tries = 1; ; tries += 1) {
      const target = await this.#version(name, pick(await this.#shares(name), Math.random()));
      const invocation = await target.invoke(event);
      const { outcome } = invocation;
      const isSlowStart = outcome.kind === 'timed_out' && invocation.is_cold && outcome.timeout_ms === 10_000;
      if (!isSlowStart || tries === INIT_TRIES) return invocation;
    }
  }

  #shares(name: string): Promise<Map<string, number>> {
    const known = this.#aliases.get(name);
    if (known && known.at > Date.now() - ALIAS_MS) return known.shares;
    const shares = this.#lambda.send(new GetAliasCommand({ FunctionName: name, Name: 'live' })).then((alias) => {
      const weights = Object.entries(alias.RoutingConfig?.AdditionalVersionWeights ?? {});
      const rest = 1 - weights.reduce((sum, [, weight]) => sum + weight, 0);
      return new Map([...weights, [alias.FunctionVersion ?? '', rest] as const]);
    });
    this.#aliases.set(name, { at: Date.now(), shares });
    return shares;
  }

  #version(name: string, version: string): Promise<LocalFunction> {
    const id = `${name}:${version}`;
    const known = this.#versions.get(id);
    if (known) return known;
    const started = this.#lambda
      .send(new GetFunctionConfigurationCommand({ FunctionName: name, Qualifier: version }))
      .then((configuration) => this.#start(name, configuration));
    this.#versions.set(id, started);
    return started;
  }

  #start(name: string, { CodeSha256 = '', Environment, Timeout = 60, MemorySize = 512 }: FunctionConfiguration) {
    const bundle_dir = this.#folders.get(CodeSha256);
    if (bundle_dir === undefined)
      throw new Error(`${name}: no zip with the hash ${CodeSha256} was deployed from here.`);
    const { endpoint, region, variables, onLog } = this.#options;
    return new LocalFunction({
      name,
      bundle_dir,
      variables: {
        ...Environment?.Variables,
        AWS_ENDPOINT_URL: endpoint,
        AWS_REGION: region,
        AWS_ACCESS_KEY_ID: name,
        AWS_SECRET_ACCESS_KEY: 'test',
        ...variables,
      },
      timeout_ms: Timeout * 1_000,
      memory_mb: MemorySize,
      onLog: (line) => onLog(`${name}: ${line}`),
    });
  }
}

/** `name`, `name:alias`, or an ARN with either. */
export function functionName(asked: string): string {
  const parts = asked.split(':');
  return (parts[0] === 'arn' ? parts[6] : parts[0]) ?? '';
}

/** The version whose share of [0, 1) the number falls into. */
function pick(shares: ReadonlyMap<string, number>, at: number): string {
  let sum = 0;
  for (const [version, share] of shares) {
    sum += share;
    if (at < sum) return version;
  }
  return [...shares.keys()].at(-1) ?? '';
}
