import { readServiceName } from '../needs/aws-hosts.ts';
import type { LambdaFunction, Snapshot } from '../snapshot/snapshot.ts';
import { PAGES } from './pages.ts';
import { makeFinding, type Rule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

export const explicitEndpointUrlRule: Rule = {
  id: 'explicit-endpoint-url',
  causes: [41],
  title: 'An explicit endpoint URL that the SDK may not be able to use',
  explanation:
    'AWS_ENDPOINT_URL sends every service of an SDK to one host; a vpce-… name works for its own service only, wants a certificate that covers it (S3 needs the bucket. prefix), and changes with the endpoint. With private DNS none of it is needed.',
  page: PAGES.sdkServiceEndpoints,
  check: (examination) =>
    examination.snapshot.functions.flatMap((fn) =>
      Object.entries(fn.environment ?? {}).flatMap(([name, value]) => {
        const fault = faultOf(examination.snapshot, fn, name, value);
        if (fault === null) return [];
        return [
          makeFinding(examination, explicitEndpointUrlRule, {
            severity: fault.isBroken ? 'error' : 'warning',
            certainty: fault.isBroken ? 'proven' : 'inferred',
            message: `${fn.name} sets ${name}: ${fault.sentence}`,
            resources: [fn.id],
            functions: [fn.name],
            destination: /:\/\/([^/]+)/.exec(value ?? '')?.[1] ?? null,
            evidence: [`${name}=${value}`],
            fix: {
              command: `aws lambda get-function-configuration --function-name ${fn.name} --query Environment`,
              change: `Take ${name} out of ${fn.id} and let private DNS of the endpoint answer the ordinary host.`,
            },
            verify: verifyCommand(examination.snapshot, [fn]),
          }),
        ];
      }),
    ),
};

function faultOf(
  snapshot: Snapshot,
  fn: LambdaFunction,
  name: string,
  value: string | null,
): { sentence: string; isBroken: boolean } | null {
  const isGlobal = name === 'AWS_ENDPOINT_URL';
  const host = /^(?:https?:\/\/)?([^/:\s]+)/.exec(value ?? '')?.[1] ?? '';
  const isVpce = /vpce-[0-9a-z-]+\.[a-z0-9.-]*vpce\.amazonaws\.com$/i.test(host) || /^vpce-[0-9a-z]+/.test(host);
  if (!isGlobal && !/^AWS_ENDPOINT_URL_/.test(name) && !isVpce) return null;
  if (isGlobal)
    return { sentence: `every AWS service is called at ${host || 'that host'}, whichever it is.`, isBroken: true };
  if (isVpce) {
    const endpoint = snapshot.endpoints.find(
      ({ id, dns_names }) => host.includes(id) || dns_names.some((each) => host.endsWith(each)),
    );
    if (!endpoint && snapshot.endpoints.length > 0 && !host.includes('${'))
      return { sentence: `${host} is no endpoint of this stack: names of deleted endpoints hang.`, isBroken: true };
    const service = /^AWS_ENDPOINT_URL_(\w+)$/.exec(name)?.[1]?.toLowerCase().replaceAll('_', '');
    const own = readServiceName(endpoint?.service ?? null)?.service;
    if (service && own && service !== own.replaceAll(/[.-]/g, ''))
      return { sentence: `${host} is the endpoint of ${own}, not of ${service}.`, isBroken: true };
    if (endpoint && fn.vpc?.vpc_id && endpoint.vpc_id && endpoint.vpc_id !== fn.vpc.vpc_id)
      return { sentence: `${host} is in ${endpoint.vpc_id}, the function in ${fn.vpc.vpc_id}.`, isBroken: true };
    return {
      sentence: `${host} works while this endpoint lives, and for SDKs that take it (S3 wants bucket.${host}).`,
      isBroken: false,
    };
  }
  return { sentence: `calls go to ${host} whatever DNS says.`, isBroken: false };
}
