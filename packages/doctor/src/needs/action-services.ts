/** Endpoint service that an IAM action's API is called at, by the action's prefix. null: no network of the function's. */
const SERVICES: Readonly<Record<string, string | null>> = {
  s3: 's3',
  dynamodb: 'dynamodb',
  sqs: 'sqs',
  sns: 'sns',
  secretsmanager: 'secretsmanager',
  ssm: 'ssm',
  kms: 'kms',
  sts: 'sts',
  lambda: 'lambda',
  events: 'events',
  states: 'states',
  kinesis: 'kinesis-streams',
  firehose: 'kinesis-firehose',
  bedrock: 'bedrock-runtime',
  textract: 'textract',
  rekognition: 'rekognition',
  comprehend: 'comprehend',
  translate: 'translate',
  polly: 'polly',
  transcribe: 'transcribe',
  ses: 'email',
  cloudwatch: 'monitoring',
  'rds-data': 'rds-data',
  'execute-api': 'execute-api',
  ecr: 'ecr.api',
  athena: 'athena',
  glue: 'glue',
  sagemaker: 'sagemaker.runtime',
  appconfig: 'appconfigdata',
  ec2: 'ec2',
  autoscaling: 'autoscaling',
  ecs: 'ecs',
  cloudformation: 'cloudformation',
  scheduler: 'scheduler',
  'cognito-idp': 'cognito-idp',
  iam: 'iam',
  route53: 'route53',
  organizations: 'organizations',
  ce: 'ce',
  cloudfront: 'cloudfront',
  apigateway: 'apigateway',
  batch: 'batch',
  codebuild: 'codebuild',
  elasticfilesystem: null,
  // Log lines and traces take Lambda's own way, not the VPC's routes [Lambda developer guide, foundation networking].
  xray: null,
  'rds-db': null,
};

/** What Lambda itself does with the function's role: interfaces, polling, mounting. */
const BY_LAMBDA = new Set([
  ...[
    'ec2:createnetworkinterface',
    'ec2:describenetworkinterfaces',
    'ec2:deletenetworkinterface',
    'ec2:describesubnets',
  ],
  ...[
    'ec2:assignprivateipaddresses',
    'ec2:unassignprivateipaddresses',
    'ec2:describevpcs',
    'ec2:describesecuritygroups',
  ],
  ...[
    'ec2:getsecuritygroupsforvpc',
    'ec2:describeinstances',
    'ec2:attachnetworkinterface',
    'ec2:detachnetworkinterface',
  ],
]);
export const POLLING = new Set([
  ...[
    'sqs:receivemessage',
    'sqs:deletemessage',
    'sqs:getqueueattributes',
    'sqs:changemessagevisibility',
    'sqs:getqueueurl',
  ],
  ...['dynamodb:describestream', 'dynamodb:getrecords', 'dynamodb:getsharditerator', 'dynamodb:liststreams'],
  ...['kinesis:getrecords', 'kinesis:getsharditerator', 'kinesis:describestream', 'kinesis:describestreamsummary'],
  ...['kinesis:listshards', 'kinesis:liststreams', 'kinesis:subscribetoshard'],
]);
const LOG_QUERIES = /^logs:(filterlogevents|startquery|getqueryresults|getlogevents|describeloggroups|startlivetail)$/i;

/** The endpoint service of an action; null where the function's own network is not used, or it is not known. */
export function serviceOfAction(action: string): string | null {
  const lower = action.toLowerCase();
  if (BY_LAMBDA.has(lower)) return null;
  const [prefix = ''] = lower.split(':');
  if (prefix === 'logs') return LOG_QUERIES.test(lower) ? 'logs' : null;
  return SERVICES[prefix] ?? null;
}

/** Namespaces of ARNs are the prefixes of actions, nearly. */
export function serviceOfArn(arn: string): { service: string; region: string | null } | null {
  const match = /^arn:aws[\w-]*:([a-z0-9-]+):([a-z0-9-]*):/.exec(arn);
  if (!match) return null;
  const [, namespace = '', region = ''] = match;
  const service = SERVICES[namespace];
  return service ? { service, region: region === '' || region === 'REGION' ? null : region } : null;
}
