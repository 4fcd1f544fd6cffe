/** How each service that the stack uses lists what an account holds. */
type Listing =
  | { readonly service: string; readonly kind: 'json'; readonly target: string; readonly body?: object }
  | { readonly service: string; readonly kind: 'query'; readonly action: string; readonly version: string }
  | { readonly service: string; readonly kind: 'rest'; readonly path: string };

const query = (service: string, version: string, ...actions: readonly string[]): Listing[] =>
  actions.map((action) => ({ service, kind: 'query', action, version }));
const json = (service: string, target: string, body = {}): Listing => ({ service, kind: 'json', target, body });
const rest = (service: string, path: string): Listing => ({ service, kind: 'rest', path });

const LISTINGS: readonly Listing[] = [
  json('dynamodb', 'DynamoDB_20120810.ListTables'),
  json('sqs', 'AmazonSQS.ListQueues'),
  json('logs', 'Logs_20140328.DescribeLogGroups'),
  json('events', 'AWSEvents.ListRules'),
  // Without those that wait for their deletion, as AWS lists them.
  json('secretsmanager', 'secretsmanager.ListSecrets'),
  json('kms', 'TrentService.ListAliases'),
  json('cognito-idp', 'AWSCognitoIdentityProviderService.ListUserPools', { MaxResults: 60 }),
  ...query(
    'iam',
    '2010-05-08',
    'ListRoles',
    'ListUsers',
    'ListInstanceProfiles',
    'ListOpenIDConnectProviders',
    'ListPolicies&Scope=Local',
  ),
  ...query(
    'ec2',
    '2016-11-15',
    'DescribeVpcs',
    'DescribeSubnets',
    'DescribeRouteTables',
    'DescribeInternetGateways',
    'DescribeSecurityGroups',
    'DescribeNetworkInterfaces',
    'DescribeAddresses',
    'DescribeNatGateways',
    'DescribeVpcEndpoints',
    'DescribeLaunchTemplates',
    'DescribeVolumes',
  ),
  ...query('autoscaling', '2011-01-01', 'DescribeAutoScalingGroups'),
  ...query('sns', '2010-03-31', 'ListTopics', 'ListSubscriptions'),
  ...query('monitoring', '2010-08-01', 'DescribeAlarms', 'ListDashboards'),
  rest('s3', '/'),
  rest('lambda', '/2015-03-31/functions/'),
  rest('lambda', '/2015-03-31/event-source-mappings/'),
  rest('apigateway', '/v2/apis'),
  rest('elasticfilesystem', '/2015-02-01/file-systems'),
];

/** Of a listing, what counts; of all others, their whole text. `cannot.ts` says why these are different. */
const COUNTED: Readonly<Record<string, (text: string) => string>> = {
  // AWS's own are made when they are first asked for.
  'TrentService.ListAliases': (text) =>
    [...text.matchAll(/alias\/[\w/-]+/g)].flatMap(([name]) => (name.startsWith('alias/aws/') ? [] : [name])).join(),
  'ec2 DescribeVpcEndpoints': (text) =>
    [...text.matchAll(/<vpcEndpointId>([^<]+)[\s\S]*?<state>([^<]+)/g)]
      .flatMap(([, id, state]) => (state === 'deleted' ? [] : [`${id} is ${state}`]))
      .join(),
  'ec2 DescribeNetworkInterfaces': (text) =>
    [...text.matchAll(/<description>([^<]*)<[\s\S]*?<networkInterfaceId>([^<]+)/g)]
      .flatMap(([, description, id]) => (description === 'Primary network interface' ? [] : [`${id}: ${description}`]))
      .join(),
};

/** What an account holds, by listing; two of one account are equal where nothing was made or lost between them. */
export type Holdings = ReadonlyMap<string, string>;

export async function holdingsOf(endpoint: string, region: string, account: string): Promise<Holdings> {
  const held = new Map<string, string>();
  for (const listing of LISTINGS) {
    const { path, name, init } = requestOf(listing);
    const authorization = `AWS4-HMAC-SHA256 Credential=lister/20260101/${region}/${listing.service}/aws4_request, SignedHeaders=host, Signature=0`;
    const answered = await fetch(`${endpoint}${path}`, {
      ...init,
      headers: { ...init.headers, authorization, 'x-moto-account-id': account },
    });
    const text = await answered.text();
    if (!answered.ok) throw new Error(`${name} answered ${answered.status}: ${text.slice(0, 500)}`);
    const counted = COUNTED[name] ?? ((whole) => whole.replaceAll(/<RequestId>.*?<\/RequestId>/gi, ''));
    held.set(name, counted(text));
  }
  return held;
}

/** Listings that are not as they were, with what they say now. */
export function changedListings(before: Holdings, after: Holdings): string[] {
  return [...after].flatMap(([name, text]) => (text === before.get(name) ? [] : [`${name}: ${text.slice(0, 2_000)}`]));
}

function requestOf(listing: Listing): { path: string; name: string; init: RequestInit & { headers: object } } {
  switch (listing.kind) {
    case 'json': {
      const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': listing.target };
      return {
        path: '/',
        name: listing.target,
        init: { method: 'POST', headers, body: JSON.stringify(listing.body ?? {}) },
      };
    }
    case 'query': {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const body = `Action=${listing.action}&Version=${listing.version}`;
      return { path: '/', name: `${listing.service} ${listing.action}`, init: { method: 'POST', headers, body } };
    }
    case 'rest':
      return { path: listing.path, name: `${listing.service} ${listing.path}`, init: { headers: {} } };
  }
}
