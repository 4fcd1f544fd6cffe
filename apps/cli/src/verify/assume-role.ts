import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { SlipstreamError } from '@slipstream/shared';
import type { AwsCredentials } from '@slipstream/store-aws';

/** STS's shortest. */
const LIFE_S = 900;
const ANSWER_MS_MAX = 15_000;

/** A role's rights for a quarter of an hour; `ACCESS_DENIED` where its trust policy or one's own does not let one. */
export async function assumeRole(roleArn: string, region: string, profile: string | null): Promise<AwsCredentials> {
  const client = new STSClient({
    region,
    requestHandler: { requestTimeout: ANSWER_MS_MAX, throwOnRequestTimeout: true },
    ...(profile ? { profile } : {}),
  });
  try {
    const { Credentials } = await client.send(
      new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'slipstream-verify', DurationSeconds: LIFE_S }),
    );
    const {
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      SessionToken: sessionToken,
    } = Credentials ?? {};
    if (accessKeyId && secretAccessKey && sessionToken) return { accessKeyId, secretAccessKey, sessionToken };
    throw new SlipstreamError('INTERNAL', `STS gave no credentials for ${roleArn}.`);
  } catch (cause) {
    if (cause instanceof SlipstreamError) throw cause;
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new SlipstreamError('ACCESS_DENIED', `${roleArn} cannot be assumed: ${said}`, { cause });
  } finally {
    client.destroy();
  }
}
