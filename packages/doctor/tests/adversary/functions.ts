import { every } from './network.ts';
import { type Attributes, type Draft, REGION, ref } from './stack.ts';

const ASSUME = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
});
const INTERFACES = ['ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DeleteNetworkInterface'];

function statements(draft: Draft): readonly { actions: readonly string[]; resources: readonly string[] }[] {
  return [
    {
      actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
      resources: ['aws_sqs_queue.jobs.arn'],
    },
    { actions: ['sqs:SendMessage'], resources: ['aws_sqs_queue.out.arn'] },
    { actions: ['dynamodb:GetItem', 'dynamodb:PutItem'], resources: ['aws_dynamodb_table.ledger.arn'] },
    { actions: ['secretsmanager:GetSecretValue'], resources: ['aws_secretsmanager_secret.key.arn'] },
    { actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: ['"*"'] },
    ...(draft.is('no-interface-rights') ? [] : [{ actions: INTERFACES, resources: ['"*"'] }]),
    ...(draft.is('no-private-link')
      ? [{ actions: ['cognito-identity:GetId', 'iam:GetRole'], resources: ['"*"'] }]
      : []),
  ];
}

function bucketStatement(draft: Draft): { actions: readonly string[]; resources: readonly string[] } {
  const bucket = draft.is('other-region') ? 'far' : 'files';
  return { actions: ['s3:GetObject', 's3:PutObject'], resources: [`"\${aws_s3_bucket.${bucket}.arn}/*"`] };
}

/** The role's rights, as the style writes them. */
function addRole(draft: Draft): void {
  const all = [...statements(draft), bucketStatement(draft)];
  const plain = (expression: string) => (expression.startsWith('"') ? expression.slice(1, -1) : ref(expression));
  const json = JSON.stringify({
    Version: '2012-10-17',
    Statement: all.map(({ actions, resources }) => ({
      Effect: 'Allow',
      Action: actions,
      Resource: resources.map(plain),
    })),
  });
  draft.add('aws_iam_role', 'fn', {
    name: 'acme-fn',
    assume_role_policy: ASSUME,
    ...(draft.style.policies === 'managed' ? { inline_policy: [{ name: 'own', policy: json }] } : {}),
  });
  switch (draft.style.policies) {
    case 'managed':
      return;
    case 'json':
      draft.add('aws_iam_role_policy', 'fn', { role: ref('aws_iam_role.fn.name'), policy: json });
      return;
    case 'jsonencode': {
      const text = all
        .map(
          ({ actions, resources }) =>
            `{ Effect = "Allow", Action = ${JSON.stringify(actions)}, Resource = [${resources.join(', ')}] }`,
        )
        .join(', ');
      draft.add('aws_iam_role_policy', 'fn', {
        role: ref('aws_iam_role.fn.id'),
        policy: ref(`jsonencode({ Version = "2012-10-17", Statement = [${text}] })`),
      });
      return;
    }
    case 'document':
      draft.data('aws_iam_policy_document', 'fn', {
        statement: all.map(({ actions, resources }) => ({ effect: 'Allow', actions, resources: resources.map(plain) })),
      });
      draft.add('aws_iam_policy', 'fn', { name: 'acme-fn', policy: ref('data.aws_iam_policy_document.fn.json') });
      draft.add('aws_iam_role_policy_attachment', 'fn', {
        role: ref('aws_iam_role.fn.name'),
        policy_arn: ref('aws_iam_policy.fn.arn'),
      });
  }
}

function variables(draft: Draft): Attributes {
  const ssl = draft.is('clear-text') ? '?sslmode=disable' : '?sslmode=require';
  return {
    OUT_QUEUE: ref('aws_sqs_queue.out.url'),
    BUCKET: ref(draft.is('other-region') ? 'aws_s3_bucket.far.id' : 'aws_s3_bucket.files.id'),
    LEDGER: ref('aws_dynamodb_table.ledger.name'),
    SECRET: ref('aws_secretsmanager_secret.key.arn'),
    DATABASE_URL: `postgres://app:\${"x"}@\${aws_db_instance.pg.address}:5432/app${ssl}`,
    // Without a NAT nothing outside is called.
    ...(draft.is(
      'no-nat-no-endpoint',
      'no-gateway-endpoint',
      'private-dns-off',
      'no-private-link',
      'legacy-host',
      'other-region',
      'healthy-closed',
    )
      ? {}
      : { MAIL_API: 'https://api.mailer.example.org/v3' }),
    ...(draft.is('legacy-host') ? { QUEUE_ENDPOINT: `https://${REGION}.queue.amazonaws.com/000000000000/out` } : {}),
    ...(draft.is('endpoint-url')
      ? { AWS_ENDPOINT_URL_SQS: 'https://vpce-0aaaaaaaaaaaaaaaa-bbbbbbbb.sqs.eu-west-1.vpce.amazonaws.com' }
      : {}),
    ...(draft.is('private-api') ? { PRICES_API: `https://abcdef1234.execute-api.${REGION}.amazonaws.com/prod` } : {}),
  };
}

/** One function inside the VPC, one outside, and what calls them. */
export function addFunctions(draft: Draft): void {
  const [prefix, tier, open] = draft.style.names;
  addRole(draft);
  if (draft.is('private-api'))
    draft.add('aws_vpc_endpoint', 'api', {
      vpc_id: ref(`aws_vpc.${prefix}.id`),
      service_name: `com.amazonaws.${REGION}.execute-api`,
      vpc_endpoint_type: 'Interface',
      private_dns_enabled: true,
      subnet_ids: every(draft, 'aws_subnet', tier),
      security_group_ids: [ref('aws_security_group.vpce.id')],
    });
  draft.add('aws_lambda_function', 'fn', {
    function_name: 'acme-fn',
    runtime: 'python3.12',
    handler: 'app.handler',
    filename: 'x.zip',
    ...(draft.is('short-timeout') ? {} : { timeout: 60 }),
    memory_size: draft.is('small-memory') ? 128 : 512,
    role: ref('aws_iam_role.fn.arn'),
    ...(draft.is('outside-vpc')
      ? {}
      : {
          vpc_config: {
            subnet_ids: every(draft, 'aws_subnet', draft.is('public-subnets') ? open : tier),
            security_group_ids: [ref('aws_security_group.code.id')],
            ...(draft.is('ipv6') ? { ipv6_allowed_for_dual_stack: true } : {}),
          },
          ...(draft.is('public-subnets')
            ? {}
            : { file_system_config: [{ arn: ref('aws_efs_access_point.share.arn'), local_mount_path: '/mnt/share' }] }),
        }),
    environment: { variables: variables(draft) },
    ...(draft.is('throttled') ? { reserved_concurrent_executions: 0 } : {}),
  });
  draft.add('aws_lambda_event_source_mapping', 'jobs', {
    event_source_arn: ref('aws_sqs_queue.jobs.arn'),
    function_name: ref('aws_lambda_function.fn.function_name'),
    ...(draft.is('mapping-off') ? { enabled: false } : {}),
  });
}
