import type { Statement } from '../snapshot/snapshot.ts';

/** AWS's own policies that roles of functions carry, with the actions that matter here [AWS managed policy reference]. */
const ENI = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
];
const LOGS = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];

const POLICIES: Readonly<Record<string, readonly string[]>> = {
  'service-role/AWSLambdaBasicExecutionRole': LOGS,
  'service-role/AWSLambdaVPCAccessExecutionRole': [...LOGS, ...ENI],
  'service-role/AWSLambdaENIManagementAccess': ENI,
  'service-role/AWSLambdaSQSQueueExecutionRole': [
    ...LOGS,
    'sqs:ReceiveMessage',
    'sqs:DeleteMessage',
    'sqs:GetQueueAttributes',
  ],
  'service-role/AWSLambdaDynamoDBExecutionRole': [
    ...LOGS,
    ...['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
  ],
  'service-role/AWSLambdaKinesisExecutionRole': [
    ...LOGS,
    'kinesis:GetRecords',
    'kinesis:GetShardIterator',
    'kinesis:DescribeStream',
  ],
  'service-role/AWSLambdaMSKExecutionRole': [...LOGS, ...ENI, 'kafka:DescribeCluster', 'kafka:GetBootstrapBrokers'],
  'service-role/AWSLambdaRole': ['lambda:InvokeFunction'],
  AWSXRayDaemonWriteAccess: ['xray:PutTraceSegments'],
  AWSXrayWriteOnlyAccess: ['xray:PutTraceSegments'],
  CloudWatchLambdaInsightsExecutionRolePolicy: LOGS,
  CloudWatchLogsFullAccess: ['logs:*'],
  AmazonS3FullAccess: ['s3:*'],
  AmazonS3ReadOnlyAccess: ['s3:Get*', 's3:List*'],
  AmazonDynamoDBFullAccess: ['dynamodb:*'],
  AmazonDynamoDBReadOnlyAccess: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:Scan'],
  AmazonSQSFullAccess: ['sqs:*'],
  AmazonSNSFullAccess: ['sns:*'],
  SecretsManagerReadWrite: ['secretsmanager:*'],
  AmazonSSMReadOnlyAccess: ['ssm:Get*', 'ssm:Describe*', 'ssm:List*'],
  AmazonSSMFullAccess: ['ssm:*'],
  AmazonSSMManagedInstanceCore: ['ssm:UpdateInstanceInformation', 'ssmmessages:*', 'ec2messages:*'],
  AmazonElasticFileSystemClientReadWriteAccess: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'],
  AmazonElasticFileSystemClientFullAccess: ['elasticfilesystem:Client*'],
  AmazonBedrockFullAccess: ['bedrock:*'],
  AmazonKinesisFullAccess: ['kinesis:*'],
  AmazonEventBridgeFullAccess: ['events:*'],
  AWSStepFunctionsFullAccess: ['states:*'],
  AWSLambda_FullAccess: ['lambda:*'],
  AdministratorAccess: ['*'],
  PowerUserAccess: ['*'],
};

/** The statements of an AWS managed policy; null for one that is not known here. */
export function managedPolicy(arn: string): Statement[] | null {
  const name = /^arn:aws[\w-]*:iam::aws:policy\/(.+)$/.exec(arn)?.[1];
  const actions = name === undefined ? undefined : POLICIES[name];
  if (!actions) return null;
  return [
    {
      effect: 'Allow',
      actions: [...actions],
      not_actions: [],
      resources: ['*'],
      not_resources: [],
      principals: [],
      conditions: [],
    },
  ];
}
