import type { Environment } from '../environments/environment.ts';
import { stackName } from '../environments/index.ts';
import { policyDocument, type Statement } from '../terraform/policy-document.ts';

/** Services whose resources of a stack all begin with its name, and how their ARNs say it. */
const NAMED: Readonly<Record<string, (name: string, region: string, account: string) => readonly string[]>> = {
  dynamodb: (name, region, account) => [`arn:aws:dynamodb:${region}:${account}:table/${name}-*`],
  events: (name, region, account) => [`arn:aws:events:${region}:${account}:rule/${name}-*`],
  lambda: (name, region, account) => [`arn:aws:lambda:${region}:${account}:function:${name}-*`],
  logs: (name, region, account) => [
    `arn:aws:logs:${region}:${account}:log-group:/aws/lambda/${name}-*`,
    `arn:aws:logs:${region}:${account}:log-group:/aws/http-api/${name}*`,
  ],
  s3: (name) => [`arn:aws:s3:::${name}-*`, `arn:aws:s3:::${name}-*/*`],
  secretsmanager: (name, region, account) => [`arn:aws:secretsmanager:${region}:${account}:secret:${name}/*`],
  sns: (name, region, account) => [`arn:aws:sns:${region}:${account}:${name}-*`],
  sqs: (name, region, account) => [`arn:aws:sqs:${region}:${account}:${name}-*`],
};
/** Services that name a resource only after it is made (ids), or know no resource: held to the region instead. */
const BY_REGION = [
  'apigateway',
  'autoscaling',
  'cloudwatch',
  'cognito-idp',
  'ec2',
  'elasticfilesystem',
  'kms',
] as const;

/**
 * What a deploy of this environment calls, and no other environment's: by name where a service knows names, by region
 * where it does not; roles may be made and passed under the stack's name only, and none of them beyond AWS's boundary of
 * what a role's policies say. 6,144 characters are IAM's limit.
 */
export function deployerStatements(environment: Environment, accountId: string, stateBucket: string): Statement[] {
  const name = stackName(environment);
  const { region } = environment;
  const inRegion = { StringEquals: { 'aws:RequestedRegion': region } };
  const iam = (kind: string) => `arn:aws:iam::${accountId}:${kind}/${name}-*`;
  return [
    ...Object.entries(NAMED).map(
      ([service, arns]): Statement => ({
        Sid: `Own${service}`,
        Effect: 'Allow',
        Action: `${service}:*`,
        Resource: arns(name, region, accountId),
      }),
    ),
    {
      Sid: 'ByRegion',
      Effect: 'Allow',
      Action: BY_REGION.map((service) => `${service}:*`),
      Resource: '*',
      Condition: inRegion,
    },
    {
      // Mappings have ids; lists know no resource.
      Sid: 'ListsAndMappings',
      Effect: 'Allow',
      Action: [
        'lambda:*EventSourceMapping*',
        'lambda:GetAccountSettings',
        'lambda:ListTags',
        'lambda:TagResource',
        'logs:DescribeLogGroups',
        'logs:*LogDelivery*',
        'logs:*ResourcePolic*',
        'sqs:ListQueues',
        'servicequotas:GetServiceQuota',
        'ssm:GetParameter',
      ],
      Resource: '*',
      Condition: inRegion,
    },
    {
      Sid: 'OwnRoles',
      Effect: 'Allow',
      Action: 'iam:*',
      Resource: ['role', 'policy', 'instance-profile', 'user', 'group'].map(iam),
    },
    {
      Sid: 'ServiceRoles',
      Effect: 'Allow',
      Action: 'iam:CreateServiceLinkedRole',
      Resource: `arn:aws:iam::${accountId}:role/aws-service-role/*`,
    },
    { Sid: 'Identity', Effect: 'Allow', Action: 'sts:GetCallerIdentity', Resource: '*' },
    {
      Sid: 'Budget',
      Effect: 'Allow',
      Action: 'budgets:*',
      Resource: `arn:aws:budgets::${accountId}:budget/${name}-*`,
    },
    {
      Sid: 'State',
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:ListBucket'],
      Resource: [`arn:aws:s3:::${stateBucket}`, `arn:aws:s3:::${stateBucket}/${name}.tfstate*`],
    },
    ...(environment.api.domain
      ? [
          {
            Sid: 'Domain',
            Effect: 'Allow' as const,
            Action: ['acm:*', 'route53:*'],
            Resource: '*',
          },
        ]
      : []),
    ...(environment.console_hosting
      ? [{ Sid: 'Console', Effect: 'Allow' as const, Action: 'cloudfront:*', Resource: '*' }]
      : []),
  ];
}

export function deployerPolicy(environment: Environment, accountId: string, stateBucket: string): string {
  return policyDocument(deployerStatements(environment, accountId, stateBucket));
}

/** Who may put on CI's role: workflows of one repository, for this environment of it, by GitHub's tokens. */
export function githubTrust(repository: string, accountId: string, environmentName: string): string {
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) throw new Error(`${repository} is no OWNER/REPOSITORY.`);
  const provider = 'token.actions.githubusercontent.com';
  return policyDocument([
    {
      Sid: 'ThisRepositorysEnvironment',
      Effect: 'Allow',
      Principal: { Federated: `arn:aws:iam::${accountId}:oidc-provider/${provider}` },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: {
          [`${provider}:aud`]: 'sts.amazonaws.com',
          [`${provider}:sub`]: `repo:${repository}:environment:${environmentName}`,
        },
      },
    },
  ]);
}
