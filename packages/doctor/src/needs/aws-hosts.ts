/** What an AWS host name says. */
export interface AwsHost {
  /** As endpoint services are called: `sqs`, `ecr.api`, `kinesis-streams`. */
  readonly service: string;
  readonly region: string | null;
  /** A name that no endpoint's private DNS covers [VPC guide, "Private DNS"; boto3 #1900, #2172]. */
  readonly legacy: boolean;
}

const REGION = '[a-z]{2}(?:-[a-z]+)+-\\d';

/** Endpoint services whose host is not `SERVICE.REGION.amazonaws.com`. */
const HOST_LABELS: Readonly<Record<string, string>> = {
  'kinesis-streams': 'kinesis',
  'kinesis-firehose': 'firehose',
  'ecr.api': 'api.ecr',
  'ecr.dkr': 'dkr.ecr',
  'sagemaker.runtime': 'runtime.sagemaker',
  'sagemaker.api': 'api.sagemaker',
  appconfigdata: 'appconfigdata',
  elasticloadbalancing: 'elasticloadbalancing',
  email: 'email',
};
const SERVICE_OF_LABEL = new Map(Object.entries(HOST_LABELS).map(([service, label]) => [label, service]));

/** AWS services that no interface endpoint of the region leads to: from a VPC they need a NAT. */
const NO_PRIVATE_LINK = new Set([
  ...[
    'iam',
    'organizations',
    'route53',
    'cloudfront',
    'globalaccelerator',
    'shield',
    'support',
    'waf',
    'budgets',
    'ce',
  ],
  ...['artifact', 'chime', 'account', 'cur', 'importexport', 'sdb', 'mobiletargeting', 'pinpoint', 'cognito-identity'],
  ...['pricing', 'health', 'amplify', 'checkip', 'gamelift', 'lex', 'mturk-requester', 'ip-ranges'],
]);

export function hasPrivateLink(service: string): boolean {
  return !NO_PRIVATE_LINK.has(service);
}

export function isGatewayService(service: string | null): service is 's3' | 'dynamodb' {
  return service === 's3' || service === 'dynamodb';
}

/** The host that an SDK calls. */
export function hostOfService(service: string, region: string): string {
  const { domain } = partitionOf(region);
  if (
    [
      'iam',
      'organizations',
      'route53',
      'cloudfront',
      'globalaccelerator',
      'budgets',
      'support',
      'ce',
      'shield',
      'waf',
    ].includes(service)
  )
    return `${service}.amazonaws.com`;
  return `${HOST_LABELS[service] ?? service}.${region}.${domain}`;
}

function partitionOf(region: string): { domain: string } {
  return { domain: region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com' };
}

/** null: no host of an AWS API. */
export function readAwsHost(host: string): AwsHost | null {
  const name = host.toLowerCase().replace(/\.$/, '');
  if (!/\.amazonaws\.com(\.cn)?$/.test(name)) return null;
  if (
    /\.(rds|cache|redshift|docdb|neptune|memorydb|es|kafka|elb|compute|elasticmapreduce|dax)\.amazonaws\.com/.test(name)
  )
    return null;
  if (
    new RegExp(
      `\\.(redshift|docdb|neptune|es|elb|memorydb)\\.amazonaws\\.com|\\.${REGION}\\.(rds|es|redshift|docdb|neptune|elb|cs|dax)\\.amazonaws`,
    ).test(name)
  )
    return null;
  if (/\.vpce\.amazonaws\.com/.test(name)) return null;
  const queue = new RegExp(`^(?:(${REGION})\\.)?queue\\.amazonaws\\.com$`).exec(name);
  if (queue) return { service: 'sqs', region: queue[1] ?? 'us-east-1', legacy: true };
  const s3 = new RegExp(
    `^(?:.+\\.)?s3[.-](?:dualstack\\.|fips\\.|website[.-])?(${REGION})\\.amazonaws\\.com(\\.cn)?$`,
  ).exec(name);
  if (s3) return { service: 's3', region: s3[1] ?? null, legacy: false };
  if (/^(.+\.)?s3\.amazonaws\.com$/.test(name)) return { service: 's3', region: null, legacy: true };
  const streams = new RegExp(`^streams\\.dynamodb\\.(${REGION})\\.amazonaws\\.com`).exec(name);
  if (streams) return { service: 'dynamodb-streams', region: streams[1] ?? null, legacy: false };
  const regional = new RegExp(`^(.+)\\.(${REGION})\\.amazonaws\\.com(\\.cn)?$`).exec(name);
  if (regional) {
    const [, label = '', region = null] = regional;
    const tail = [...SERVICE_OF_LABEL.keys()].find((each) => label === each || label.endsWith(`.${each}`));
    if (tail) return { service: SERVICE_OF_LABEL.get(tail) ?? tail, region, legacy: false };
    const last = label.split('.').at(-1) ?? label;
    return { service: last, region, legacy: false };
  }
  const global = /^([a-z0-9-]+)\.amazonaws\.com$/.exec(name)?.[1];
  if (!global) return null;
  return {
    service: global,
    region: null,
    legacy: global === 'sts' || global === 'dynamodb' || global === 'sqs' || global === 'sns',
  };
}

/** Whether a name is answered by an interface endpoint's private DNS [VPC guide, "Private DNS names" of each service]. */
export function privateDnsCovers(service: string, region: string, host: string): boolean {
  const base = hostOfService(service, region);
  if (host === base) return true;
  if (['s3', 'execute-api', 'ecr.dkr', 's3-global.accesspoint', 'sqs'].includes(service))
    return host.endsWith(`.${base}`);
  if (service === 'lambda' || service === 'kms' || service === 'secretsmanager' || service === 'kinesis-streams')
    return host.replace('-fips.', '.').endsWith(base);
  return false;
}

/** `sqs` of `com.amazonaws.us-east-1.sqs`, and the region. */
export function readServiceName(name: string | null): { service: string; region: string } | null {
  const match = new RegExp(`^(?:cn\\.)?com\\.amazonaws\\.(${REGION}|REGION)\\.(.+)$`).exec(name ?? '');
  return match ? { region: match[1] ?? '', service: match[2] ?? '' } : null;
}
