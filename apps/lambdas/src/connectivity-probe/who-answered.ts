import type { Measured } from './probe-connection.ts';
import type { ProbeTarget } from './probe-targets.ts';

export type WhoAnswered = 'the host' | 'an endpoint policy' | 'another service';

/** As AWS words a refusal by the policy of a VPC endpoint (IAM user guide, "Troubleshoot access denied error messages"). */
const POLICY = /VPC endpoint policy/i;
/** API Gateway, which answers for every host name when the private DNS of its endpoint takes over. */
const API_GATEWAY_HEADERS = ['x-amz-apigw-id', 'apigw-requestid'] as const;

/**
 * Who refused with 403. A host that is asked without a key answers 401 or 403, which shows that it is reached; the policy
 * of an endpoint answers 403 as well, at once and in its own words; and an execute-api endpoint with private DNS answers
 * in the place of hosts that stand elsewhere behind API Gateway.
 */
export function whoAnswered(target: ProbeTarget, { status, body, headers }: Measured): WhoAnswered {
  if (status !== 403) return 'the host';
  if (POLICY.test(body)) return 'an endpoint policy';
  if (target.is_aws && /<Code>AccessDenied<\/Code>|AccessDeniedException/.test(body)) return 'an endpoint policy';
  const isGateway =
    API_GATEWAY_HEADERS.some((name) => headers[name] !== undefined) ||
    headers['x-amzn-errortype']?.startsWith('ForbiddenException');
  return isGateway && !target.url.hostname.includes('.execute-api.') ? 'another service' : 'the host';
}
