import {
  Agents,
  type ConfigRecord,
  configRecordSchema,
  howToSet,
  Jobs,
  type ObjectStore,
  type OcrJobMessage,
  type OcrResultMessage,
  type RecordStore,
  recordKeys,
  requireSetting,
  SlipstreamError,
  systemClock,
} from '@slipstream/shared';
import { type AwsOptions, SqsQueue } from '@slipstream/store-aws';
import type { AgentHome, HomeSettings } from './agent-home.ts';

/** How the table and the buckets are opened. */
export interface AwsAdapters {
  records(table: string, options: AwsOptions): RecordStore;
  objects(bucket: string, options: AwsOptions): ObjectStore;
}

/** The queues, the table and the buckets of a deploy. Nothing is received before all of them are known. */
export async function openAwsHome(settings: HomeSettings, adapters: AwsAdapters = NO_ADAPTERS): Promise<AgentHome> {
  const queueUrl = requireSetting('ocr_job_queue_url', settings.ocr_job_queue_url);
  const resultsUrl = requireSetting('ocr_results_queue_url', settings.ocr_results_queue_url);
  const table = requireSetting('dynamo_table_name', settings.dynamo_table_name);
  const options = awsOptions(settings);
  const records = adapters.records(table, options);
  const buckets = await findBuckets(settings, records, table);
  return {
    place: queueUrl,
    queue: new SqsQueue<OcrJobMessage>(queueUrl, options),
    results: new SqsQueue<OcrResultMessage>(resultsUrl, options),
    jobs: new Jobs(records, systemClock),
    agents: new Agents(records, systemClock),
    raw: adapters.objects(buckets.raw_bucket, options),
    artifacts: adapters.objects(buckets.artifacts_bucket, options),
    close: async () => {},
  };
}

function awsOptions({ region, profile }: HomeSettings): AwsOptions {
  return { ...(region ? { region } : {}), ...(profile ? { profile } : {}) };
}

type Buckets = Pick<ConfigRecord, 'raw_bucket' | 'artifacts_bucket'>;

/** From the flags, or else from the CONFIG record that the deploy writes. */
async function findBuckets(settings: HomeSettings, records: RecordStore, table: string): Promise<Buckets> {
  const { raw_bucket, artifacts_bucket } = settings;
  if (raw_bucket !== null && artifacts_bucket !== null) return { raw_bucket, artifacts_bucket };
  const record = await records.get(recordKeys.config());
  const config = configRecordSchema.safeParse(record);
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

const NO_ADAPTERS: AwsAdapters = {
  records: () => {
    throw noAdapter('DynamoDB');
  },
  objects: () => {
    throw noAdapter('S3');
  },
};

function noAdapter(service: string): SlipstreamError {
  return new SlipstreamError(
    'CONFIGURATION_INVALID',
    `This build of the agent has no adapter for ${service}: use --data DIR, or a newer build.`,
  );
}
