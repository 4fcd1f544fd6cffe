import type { LambdaFunction, Snapshot } from '../snapshot/snapshot.ts';
import type { Need } from './need.ts';

/** SDKs that still call global hosts: older runtimes, or those that are told to. */
export function withLegacyHosts(fn: LambdaFunction, snapshot: Snapshot, needs: readonly Need[]): Need[] {
  const isOld = /^(python3\.[678]|python2|nodejs(8|10|12|14|16)|java8(\.al2)?|ruby2\.7)/.test(fn.runtime ?? '');
  const sts = fn.environment?.AWS_STS_REGIONAL_ENDPOINTS;
  const s3 = fn.environment?.AWS_S3_US_EAST_1_REGIONAL_ENDPOINT;
  return needs.map((need) => {
    if (need.kind !== 'aws' || need.legacy || need.certainty === 'declared') return need;
    if (need.service === 'sts' && (sts === 'legacy' || (isOld && sts === undefined)))
      return {
        ...need,
        host: 'sts.amazonaws.com',
        legacy: true,
        source: `${need.source}; ${sts === 'legacy' ? 'AWS_STS_REGIONAL_ENDPOINTS=legacy' : `the SDK of ${fn.runtime}`} calls the global host`,
      };
    if (need.service === 's3' && s3 === 'legacy' && snapshot.region === 'us-east-1')
      return { ...need, host: 's3.amazonaws.com', legacy: true };
    if (need.service === 'sqs' && /^python3\.[67]/.test(fn.runtime ?? ''))
      return {
        ...need,
        host: `${snapshot.region}.queue.amazonaws.com`,
        legacy: true,
        source: `${need.source}; the SDK of ${fn.runtime} calls the legacy host`,
      };
    return need;
  });
}
