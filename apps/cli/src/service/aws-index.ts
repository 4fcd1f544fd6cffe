import { STSClient } from '@aws-sdk/client-sts';
import { endpointOptions } from '@slipstream/merchant-index';
import { allPorts } from '@slipstream/pipeline';
import type { Logger } from '@slipstream/runtime';
import { systemClock } from '@slipstream/shared';
import { openAwsStore } from '@slipstream/store-aws';
import type { DeployedStack } from '../remote/deployed-stack.ts';
import { awsStoreOptions } from './aws-operations.ts';
import type { IndexOperations } from './index-operations.ts';

/** A stack's records and bucket, with the AWS credentials of this shell or profile. */
export async function openStackIndex(
  stack: DeployedStack,
  profile: string | null,
  logger: Logger,
): Promise<Pick<IndexOperations, 'place' | 'ports' | 'bucketRoot' | 'storageOptions' | 'close'>> {
  const options = awsStoreOptions(stack, profile);
  const store = openAwsStore(options);
  const region = stack.require('region');
  return {
    place: stack.name,
    ports: allPorts(store, { clock: systemClock, logger }),
    bucketRoot: `s3://${stack.require('artifacts_bucket')}`,
    storageOptions: {
      region,
      ...(await credentials(region, profile)),
      ...endpointOptions(process.env.AWS_ENDPOINT_URL),
    },
    close: async () => store.close(),
  };
}

/** As the SDK finds them (profiles, single sign-on): LanceDB's own S3 client knows the environment's only. */
async function credentials(region: string, profile: string | null): Promise<Readonly<Record<string, string>>> {
  const client = new STSClient({ region, ...(profile ? { profile } : {}) });
  try {
    const { accessKeyId, secretAccessKey, sessionToken } = await client.config.credentials();
    return {
      aws_access_key_id: accessKeyId,
      aws_secret_access_key: secretAccessKey,
      ...(sessionToken ? { aws_session_token: sessionToken } : {}),
    };
  } finally {
    client.destroy();
  }
}
