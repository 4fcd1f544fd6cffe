import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { SQSClient } from '@aws-sdk/client-sqs';
import { Jobs, Receipts } from '@slipstream/records';
import { type DeployedQueueName, eachDeployedQueue, QUEUES, systemClock } from '@slipstream/shared';
import { type AwsStore, openAwsStore } from '@slipstream/store-aws';
import { REGION } from '@slipstream/testing/vitest';
import { type Invocation, LocalFunction, type Mapping, mapQueue, mapStream } from '../../../runtime-api/index.ts';
import { type AgentProcess, startAgentProcess } from './agent-process.ts';
import { FaultProxy } from './fault-proxy.ts';
import { makeResources, type Resources, variablesOf } from './make-resources.ts';

/** A deployed stack on this machine: the bundles and agents call AWS through the proxy, the tests look past it. */
export interface LocalCloud {
  readonly resources: Resources;
  readonly proxy: FaultProxy;
  readonly functions: Readonly<Record<FunctionName, LocalFunction>>;
  /** As it really is: not through the proxy. */
  readonly store: AwsStore;
  readonly jobs: Jobs;
  readonly receipts: Receipts;
  /** What the functions and agents wrote. */
  readonly log: readonly string[];
  startAgent(options?: { readonly engine?: 'null' | 'tesseract'; readonly skew_ms?: number }): AgentProcess;
  stop(): Promise<void>;
}

const DIST = fileURLToPath(new URL('../../../../../apps/lambdas/dist', import.meta.url));

/** Of each, how long an invocation may take: more than its handler keeps in reserve. */
const TIMEOUTS_MS = {
  api: 15_000,
  'submit-job': 8_000,
  'process-ocr-results': 13_000,
  'validate-receipt': 13_000,
  'stream-processor': 10_000,
  sweeper: 15_000,
  'connectivity-probe': 25_000,
} as const;
export type FunctionName = keyof typeof TIMEOUTS_MS;

export async function startCloud(
  endpoint: string,
  options: {
    readonly maxReceiveCount?: number;
    /** Of every function, besides those that name the resources. */
    readonly variables?: Readonly<Record<string, string>>;
  } = {},
): Promise<LocalCloud> {
  const proxy = new FaultProxy(endpoint);
  await proxy.listen();
  const made = await makeResources(endpoint, REGION, options.maxReceiveCount ?? 100);
  const resources = { ...made, queues: behindProxy(made.queues, proxy.url) };
  const bundles = deployBundles();
  const log: string[] = [];
  // The index is LanceDB's own talk with S3, which no proxy here understands: its faults have a simulation of their own.
  const variables = { ...variablesOf(resources), VECTOR_STORE: 'none', ...options.variables };
  const functions = makeFunctions(bundles, variables, proxy.url, (line) => log.push(line));
  const mappings = mapAll(made, functions, endpoint, (line) => log.push(line));
  const store = openAwsStore({
    region: REGION,
    endpoint,
    table: made.table,
    rawBucket: made.raw_bucket,
    artifactsBucket: made.artifacts_bucket,
    queues: made.queues,
  });
  const jobs = new Jobs(store.records, systemClock);
  const agents: AgentProcess[] = [];
  return {
    resources,
    proxy,
    functions,
    store,
    jobs,
    receipts: new Receipts(store.records, store.artifacts, jobs, systemClock),
    log,
    startAgent: ({ engine = 'null', skew_ms = 0 } = {}) => {
      const onLog = (line: string) => log.push(line);
      const agent = startAgentProcess(resources, { engine, skew_ms, endpoint: proxy.url, region: REGION, onLog });
      agents.push(agent);
      return agent;
    },
    stop: async () => {
      await Promise.all([...agents.map((agent) => agent.stop()), ...mappings.map((mapping) => mapping.stop())]);
      for (const fn of Object.values(functions)) fn.close();
      store.close();
      proxy.close();
      rmSync(bundles, { recursive: true, force: true });
    },
  };
}

function makeFunctions(
  bundles: string,
  shared: Readonly<Record<string, string>>,
  endpoint: string,
  onLog: (line: string) => void,
) {
  const make = (name: FunctionName) => {
    const variables = {
      ...shared,
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: REGION,
      // The proxy tells the functions apart by it.
      AWS_ACCESS_KEY_ID: name,
      AWS_SECRET_ACCESS_KEY: 'test',
      LOG_LEVEL: 'warn',
    };
    return new LocalFunction({
      name,
      bundle_dir: `${bundles}/${name}`,
      variables,
      timeout_ms: TIMEOUTS_MS[name],
      onLog,
    });
  };
  return {
    api: make('api'),
    'submit-job': make('submit-job'),
    'process-ocr-results': make('process-ocr-results'),
    'validate-receipt': make('validate-receipt'),
    'stream-processor': make('stream-processor'),
    sweeper: make('sweeper'),
    'connectivity-probe': make('connectivity-probe'),
  } satisfies Record<FunctionName, LocalFunction>;
}

/** A copy, as a deploy is: building meanwhile changes nothing. */
function deployBundles(): string {
  if (!existsSync(`${DIST}/submit-job/index.mjs`)) throw new Error('The functions are not built; run npm run build.');
  const bundles = mkdtempSync(join(tmpdir(), 'slipstream-bundles-'));
  cpSync(DIST, bundles, { recursive: true });
  return bundles;
}

/** The event source mappings are AWS's own: they do not go through the proxy. */
function mapAll(
  resources: Resources,
  functions: Readonly<Record<FunctionName, LocalFunction>>,
  endpoint: string,
  onLog: (line: string) => void,
): Mapping[] {
  const onError = (error: unknown) => onLog(`a mapping: ${error}`);
  const onInvocation = ({ request_id, outcome }: Invocation) => {
    if (outcome.kind !== 'returned') onLog(`invocation ${request_id}: ${JSON.stringify(outcome)}`);
  };
  const client = new SQSClient({ endpoint, region: REGION });
  const map = (queue: 'uploads-queue' | 'ocr-results-queue' | 'validate-queue') =>
    mapQueue({
      client,
      queue_url: resources.queues[queue].url,
      target: functions[QUEUES[queue].consumer],
      batch_size: QUEUES[queue].batching.aws.size,
      onInvocation,
      onError,
    });
  return [
    map('uploads-queue'),
    map('ocr-results-queue'),
    map('validate-queue'),
    mapStream({
      client: new DynamoDBStreamsClient({ endpoint, region: REGION }),
      stream_arn: resources.stream_arn,
      target: functions['stream-processor'],
      attempts_max: 100,
      onInvocation,
      onError,
    }),
  ];
}

/** A queue's URL is where the SDK sends its requests. */
function behindProxy(queues: Resources['queues'], proxyUrl: string): Resources['queues'] {
  const moved = (url: string) => new URL(new URL(url).pathname, proxyUrl).href;
  const entry = (name: DeployedQueueName) => ({ url: moved(queues[name].url), deadUrl: moved(queues[name].deadUrl) });
  return eachDeployedQueue(entry);
}
