import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { collectAws } from '../../src/collect/aws/collect-aws.ts';
import { diagnose, examine } from '../../src/examine.ts';
import { redactSnapshot } from '../../src/snapshot/redact.ts';
import { snapshotSchema } from '../../src/snapshot/snapshot.ts';
import { type ForeignAccount, makeForeignAccount } from './foreign-account.ts';

declare module 'vitest' {
  interface ProvidedContext {
    endpoint: string | null;
  }
}

const endpoint = inject('endpoint');
const choice = { names: [], stack: null, region: 'eu-west-1', profile: null, progress: () => {} };
let account: ForeignAccount;

beforeAll(async () => {
  if (!endpoint) return;
  process.env.AWS_ENDPOINT_URL = endpoint;
  account = await makeForeignAccount(endpoint);
});
afterAll(() => {
  delete process.env.AWS_ENDPOINT_URL;
});

async function findings() {
  const snapshot = await collectAws({ ...choice, vpc: account.vpc });
  return { snapshot, report: diagnose(examine(snapshot)) };
}

/** Breaks the account, looks, and repairs it again. */
const FAULTS: readonly (readonly [
  cause: number,
  name: string,
  break_: () => Promise<unknown>,
  repair: () => Promise<unknown>,
])[] = [
  [
    1,
    'the default route is deleted',
    () => account.ec2.deleteRoute({ RouteTableId: account.innerTable, DestinationCidrBlock: '0.0.0.0/0' }),
    () =>
      account.ec2.createRoute({
        RouteTableId: account.innerTable,
        DestinationCidrBlock: '0.0.0.0/0',
        NatGatewayId: account.nat,
      }),
  ],
  [
    11,
    "the NAT's subnet loses its way out",
    () => account.ec2.deleteRoute({ RouteTableId: account.openTable, DestinationCidrBlock: '0.0.0.0/0' }),
    () =>
      account.ec2.createRoute({
        RouteTableId: account.openTable,
        DestinationCidrBlock: '0.0.0.0/0',
        GatewayId: account.gateway,
      }),
  ],
  [
    33,
    'the internet gateway is detached',
    () => account.ec2.detachInternetGateway({ InternetGatewayId: account.gateway, VpcId: account.vpc }),
    () => account.ec2.attachInternetGateway({ InternetGatewayId: account.gateway, VpcId: account.vpc }),
  ],
  [
    5,
    "the database's group is closed",
    () =>
      account.ec2.revokeSecurityGroupIngress({
        GroupId: account.sql,
        IpPermissions: [
          { IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, UserIdGroupPairs: [{ GroupId: account.code }] },
        ],
      }),
    () =>
      account.ec2.authorizeSecurityGroupIngress({
        GroupId: account.sql,
        IpPermissions: [
          { IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, UserIdGroupPairs: [{ GroupId: account.code }] },
        ],
      }),
  ],
  [
    20,
    "the endpoint's group is closed",
    () =>
      account.ec2.revokeSecurityGroupIngress({
        GroupId: account.doors,
        IpPermissions: [
          { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, UserIdGroupPairs: [{ GroupId: account.code }] },
        ],
      }),
    () =>
      account.ec2.authorizeSecurityGroupIngress({
        GroupId: account.doors,
        IpPermissions: [
          { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, UserIdGroupPairs: [{ GroupId: account.code }] },
        ],
      }),
  ],
  [
    16,
    'nothing leaves the functions',
    () =>
      account.ec2.revokeSecurityGroupEgress({
        GroupId: account.code,
        IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
      }),
    () =>
      account.ec2.authorizeSecurityGroupEgress({
        GroupId: account.code,
        IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
      }),
  ],
  [
    19,
    'DNS hostnames are off',
    () => account.ec2.modifyVpcAttribute({ VpcId: account.vpc, EnableDnsHostnames: { Value: false } }),
    () => account.ec2.modifyVpcAttribute({ VpcId: account.vpc, EnableDnsHostnames: { Value: true } }),
  ],
  [
    27,
    'a role may not make interfaces',
    () =>
      account.iam.putRolePolicy({
        RoleName: 'reader',
        PolicyName: 'work',
        PolicyDocument:
          '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}',
      }),
    () =>
      account.iam.putRolePolicy({
        RoleName: 'reader',
        PolicyName: 'work',
        PolicyDocument:
          '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:GetObject","ec2:CreateNetworkInterface","ec2:DescribeNetworkInterfaces","ec2:DeleteNetworkInterface"],"Resource":"*"}]}',
      }),
  ],
  [
    7,
    'a time-out of 3 s',
    () => account.lambda.updateFunctionConfiguration({ FunctionName: 'acme-reader', Timeout: 3 }),
    () => account.lambda.updateFunctionConfiguration({ FunctionName: 'acme-reader', Timeout: 30 }),
  ],
];

test.skipIf(!endpoint)(
  'a foreign VPC with two functions and a database is healthy, and its snapshot carries no secret',
  async () => {
    const { snapshot, report } = await findings();
    expect(report.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(snapshot.functions.map(({ name }) => name).toSorted()).toEqual(['acme-reader', 'acme-worker']);
    expect(snapshot.databases).toHaveLength(1);
    const saved = JSON.stringify(redactSnapshot(snapshot));
    expect(saved).not.toContain('very-secret');
    expect(snapshotSchema.parse(JSON.parse(saved)).functions).toHaveLength(2);
  },
);

test.skipIf(!endpoint).each(FAULTS)('cause %i: %s', async (cause, _, break_, repair) => {
  await break_();
  try {
    const { report } = await findings();
    expect(report.findings[0]?.causes).toContain(cause);
    expect(report.findings[0]?.fix).toHaveProperty('command');
  } finally {
    await repair();
  }
});

test.skipIf(!endpoint)('a VPC that does not exist cannot be looked at', async () => {
  await expect(collectAws({ ...choice, vpc: 'vpc-0000000000000dead' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
