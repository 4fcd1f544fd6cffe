import { Agents, Jobs } from '@slipstream/records';
import { howToSet, requireSetting } from '@slipstream/runtime';
import {
  type ConfigRecord,
  configRecordSchema,
  type RecordStore,
  recordKeys,
  SlipstreamError,
  systemClock,
} from '@slipstream/shared';
import { type AwsStore, type AwsStoreOptions, openAwsStore } from '@slipstream/store-aws';
import type { AgentHome, HomeSettings } from './agent-home.ts';

/** The queues, the table and the buckets of a deploy. Nothing is received before all of them are known. */
export async function openAwsHome(
  settings: HomeSettings,
  open: (options: AwsStoreOptions) => AwsStore = openAwsStore,
): Promise<AgentHome> {
  const jobsUrl = requireSetting('ocr_job_queue_url', settings.ocr_job_queue_url);
  const resultsUrl = requireSetting('ocr_results_queue_url', settings.ocr_results_queue_url);
  const table = requireSetting('dynamo_table_name', settings.dynamo_table_name);
  const { profile } = settings;
  const region = regionFor(settings, jobsUrl);
  const place = { table, ...(region ? { region } : {}), ...(profile ? { profile } : {}) };
  const { raw_bucket, artifacts_bucket } = await findBuckets(settings, open(place).records, table);
  const store = open({
    ...place,
    rawBucket: raw_bucket,
    artifactsBucket: artifacts_bucket,
    queues: { 'ocr-queue': { url: jobsUrl }, 'ocr-results-queue': { url: resultsUrl } },
  });
  return {
    place: jobsUrl,
    queue: store.queue('ocr-queue'),
    results: store.queue('ocr-results-queue'),
    jobs: new Jobs(store.records, systemClock),
    agents: new Agents(store.records, systemClock),
    raw: store.raw,
    artifacts: store.artifacts,
    close: async () => store.close(),
  };
}

/** Without one of its own, the queue's: it stands in the URL. A profile may bring one; another server than AWS needs one. */
function regionFor({ region, profile }: HomeSettings, jobsUrl: string): string | null {
  const known = region ?? regionOfQueue(jobsUrl);
  if (known !== null || profile !== null) return known;
  throw new SlipstreamError(
    'CONFIGURATION_INVALID',
    `The region is missing, and the queue's URL ${jobsUrl} names none. ${howToSet('region')}`,
    { details: { setting: 'region' } },
  );
}

type Buckets = Pick<ConfigRecord, 'raw_bucket' | 'artifacts_bucket'>;

/** From the flags, or else from the CONFIG record that the deploy writes. */
async function findBuckets(settings: HomeSettings, records: RecordStore, table: string): Promise<Buckets> {
  const { raw_bucket, artifacts_bucket } = settings;
  if (raw_bucket !== null && artifacts_bucket !== null) return { raw_bucket, artifacts_bucket };
  const config = configRecordSchema.safeParse(await records.get(recordKeys.config()));
  if (!config.success) {
    throw new SlipstreamError(
      'CONFIGURATION_INVALID',
      `The table ${table} has no CONFIG record that names the buckets. Either deploy again, which writes it, or name both: ${howToSet('raw_bucket')} ${howToSet('artifacts_bucket')}`,
    );
  }
  return {
    raw_bucket: raw_bucket ?? config.data.raw_bucket,
    artifacts_bucket: artifacts_bucket ?? config.data.artifacts_bucket,
  };
}

/** The region that a queue's URL names (`sqs.{region}.amazonaws.com`, the older `{region}.queue.amazonaws.com`); null for others. */
export function regionOfQueue(url: string): string | null {
  const host = URL.parse(url)?.hostname ?? '';
  const named = /^(?:sqs(?:-fips)?\.([a-z0-9-]+)|([a-z0-9-]+)\.queue)\.amazonaws\.com(?:\.cn)?$/.exec(host);
  return named?.[1] ?? named?.[2] ?? null;
}
