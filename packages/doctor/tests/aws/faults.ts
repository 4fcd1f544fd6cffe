import type { Alterations } from './altered-answers.ts';
import type { ForeignAccount } from './foreign-account.ts';

/** One way to break an account, and to repair it. `cause` is a number of the list, or a rule's id. */
export interface AwsFault {
  readonly cause: number | string;
  readonly name: string;
  /** Whether something else may stand first, as a warning of the same thing. */
  readonly notFirst?: boolean;
  break_(account: ForeignAccount, answers: Alterations): Promise<unknown>;
  repair(account: ForeignAccount, answers: Alterations): Promise<unknown>;
}

const rule = (port: number, from: string) => [
  { IpProtocol: 'tcp', FromPort: port, ToPort: port, UserIdGroupPairs: [{ GroupId: from }] },
];
const ALL = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];

/** A group admits a port no longer. */
function closed(cause: number, name: string, group: 'sql' | 'doors' | 'nfs' | 'caches', port: number): AwsFault {
  return {
    cause,
    name,
    break_: ({ ec2, code, ...ids }) =>
      ec2.revokeSecurityGroupIngress({ GroupId: ids[group], IpPermissions: rule(port, code) }),
    repair: ({ ec2, code, ...ids }) =>
      ec2.authorizeSecurityGroupIngress({ GroupId: ids[group], IpPermissions: rule(port, code) }),
  };
}

/** An answer is altered. */
function altered(cause: number | string, name: string, action: string, alter: (body: string) => string): AwsFault {
  return {
    cause,
    name,
    break_: async (_, answers) => answers.set(action, alter),
    repair: async (_, answers) => answers.delete(action),
  };
}

/** A function is configured otherwise for a while. */
function configured(
  cause: number | string,
  name: string,
  broken: Record<string, unknown>,
  repaired: Record<string, unknown>,
): AwsFault {
  const set = (to: Record<string, unknown>) => (account: ForeignAccount) =>
    account.lambda.updateFunctionConfiguration({ FunctionName: 'acme-worker', ...to });
  return { cause, name, break_: set(broken), repair: set(repaired) };
}

function variables(cause: number | string, name: string, more: (account: ForeignAccount) => Record<string, string>) {
  const set = (account: ForeignAccount, extra: Record<string, string>) =>
    account.lambda.updateFunctionConfiguration({
      FunctionName: 'acme-worker',
      Environment: { Variables: { ...account.variables, ...extra } },
    });
  return {
    cause,
    name,
    break_: (account: ForeignAccount) => set(account, more(account)),
    repair: (account: ForeignAccount) => set(account, {}),
  } satisfies AwsFault;
}

function roleWithout(action: string): (account: ForeignAccount) => Promise<unknown> {
  return ({ iam, policies }) =>
    iam.putRolePolicy({
      RoleName: 'worker',
      PolicyName: 'work',
      PolicyDocument: policies.worker.replace(`"${action}",`, ''),
    });
}

const restoreRole = ({ iam, policies }: ForeignAccount) =>
  iam.putRolePolicy({ RoleName: 'worker', PolicyName: 'work', PolicyDocument: policies.worker });

const outRoute = (account: ForeignAccount, table: string) => ({
  RouteTableId: table,
  DestinationCidrBlock: '0.0.0.0/0',
  NatGatewayId: account.nat,
});

export const AWS_FAULTS: readonly AwsFault[] = [
  {
    cause: 1,
    name: 'the default routes are deleted',
    break_: async ({ ec2, innerTables }) => {
      for (const RouteTableId of innerTables)
        await ec2.deleteRoute({ RouteTableId, DestinationCidrBlock: '0.0.0.0/0' });
    },
    repair: async (account) => {
      for (const table of account.innerTables) await account.ec2.createRoute(outRoute(account, table));
    },
  },
  {
    cause: 36,
    name: 'the default route of one table is deleted',
    break_: ({ ec2, innerTables: [table] }) =>
      ec2.deleteRoute({ RouteTableId: table, DestinationCidrBlock: '0.0.0.0/0' }),
    repair: (account) => account.ec2.createRoute(outRoute(account, account.innerTables[0] ?? '')),
  },
  {
    cause: 2,
    name: 'the function is put into the public subnet',
    break_: ({ lambda, open, code }) =>
      lambda.updateFunctionConfiguration({
        FunctionName: 'acme-worker',
        VpcConfig: { SubnetIds: [open], SecurityGroupIds: [code] },
      }),
    repair: ({ lambda, inner, code }) =>
      lambda.updateFunctionConfiguration({
        FunctionName: 'acme-worker',
        VpcConfig: { SubnetIds: inner, SecurityGroupIds: [code] },
      }),
  },
  closed(5, "the database's group is closed", 'sql', 5432),
  closed(5, "the cache's group is closed", 'caches', 6379),
  variables(6, 'a queue is called at its legacy host', () => ({
    OLD_QUEUE: 'https://eu-west-1.queue.amazonaws.com/123456789012/mails',
  })),
  configured(7, 'a time-out of 3 s', { Timeout: 3 }, { Timeout: 60 }),
  {
    cause: 9,
    name: 'the function leaves the VPC',
    break_: ({ lambda }) =>
      lambda.updateFunctionConfiguration({
        FunctionName: 'acme-worker',
        VpcConfig: { SubnetIds: [], SecurityGroupIds: [] },
      }),
    repair: ({ lambda, inner, code }) =>
      lambda.updateFunctionConfiguration({
        FunctionName: 'acme-worker',
        VpcConfig: { SubnetIds: inner, SecurityGroupIds: [code] },
      }),
  },
  altered(10, 'the routes to the NAT are blackholes', 'DescribeRouteTables', (body) =>
    body.replace(/(<natGatewayId>nat-[0-9a-f]+<\/natGatewayId>[\s\S]*?<state>)active/g, '$1blackhole'),
  ),
  altered(10, 'the NAT gateway has failed', 'DescribeNatGateways', (body) =>
    body.replace(/<state>available<\/state>/g, '<state>failed</state>'),
  ),
  {
    cause: 11,
    name: "the NAT's subnet loses its way out",
    break_: ({ ec2, openTable }) => ec2.deleteRoute({ RouteTableId: openTable, DestinationCidrBlock: '0.0.0.0/0' }),
    repair: ({ ec2, openTable, gateway }) =>
      ec2.createRoute({ RouteTableId: openTable, DestinationCidrBlock: '0.0.0.0/0', GatewayId: gateway }),
  },
  {
    cause: 16,
    name: 'nothing leaves the functions',
    break_: ({ ec2, code }) => ec2.revokeSecurityGroupEgress({ GroupId: code, IpPermissions: ALL }),
    repair: ({ ec2, code }) => ec2.authorizeSecurityGroupEgress({ GroupId: code, IpPermissions: ALL }),
  },
  {
    cause: 18,
    name: 'DHCP options name a server that no route leads to',
    break_: async ({ ec2, vpc, innerTables }) => {
      const made = await ec2.createDhcpOptions({
        DhcpConfigurations: [{ Key: 'domain-name-servers', Values: ['192.168.77.53'] }],
      });
      await ec2.associateDhcpOptions({ VpcId: vpc, DhcpOptionsId: made.DhcpOptions?.DhcpOptionsId });
      for (const RouteTableId of innerTables)
        await ec2
          .createRoute({ RouteTableId, DestinationCidrBlock: '192.168.0.0/16', GatewayId: 'vgw-0000000000000dead' })
          .catch(() => null);
    },
    repair: ({ ec2, vpc }) => ec2.associateDhcpOptions({ VpcId: vpc, DhcpOptionsId: 'default' }),
  },
  {
    cause: 19,
    name: 'DNS hostnames are off',
    break_: ({ ec2, vpc }) => ec2.modifyVpcAttribute({ VpcId: vpc, EnableDnsHostnames: { Value: false } }),
    repair: ({ ec2, vpc }) => ec2.modifyVpcAttribute({ VpcId: vpc, EnableDnsHostnames: { Value: true } }),
  },
  altered(19, 'private DNS of the endpoints is off', 'DescribeVpcEndpoints', (body) =>
    body.replaceAll(/<privateDnsEnabled>true/gi, '<privateDnsEnabled>false'),
  ),
  closed(20, "the endpoints' group is closed", 'doors', 443),
  {
    cause: 21,
    name: 'a network ACL refuses the ephemeral ports',
    break_: ({ ec2, acl }) =>
      ec2.createNetworkAclEntry({
        NetworkAclId: acl,
        RuleNumber: 50,
        Protocol: '6',
        RuleAction: 'deny',
        Egress: false,
        CidrBlock: '0.0.0.0/0',
        PortRange: { From: 1024, To: 65_535 },
      }),
    repair: ({ ec2, acl }) => ec2.deleteNetworkAclEntry({ NetworkAclId: acl, RuleNumber: 50, Egress: false }),
  },
  altered(26, 'a subnet has no addresses left', 'DescribeSubnets', (body) =>
    body.replace(/<availableIpAddressCount>\d+/g, '<availableIpAddressCount>0'),
  ),
  altered(26, 'the functions have failed', 'GET /2015-03-31/functions', (body) =>
    body.replace(/"State": ?"Active"/g, '"State": "Failed", "StateReason": "The subnet has no free addresses"'),
  ),
  {
    cause: 27,
    name: 'a role may not make interfaces',
    break_: roleWithout('ec2:CreateNetworkInterface'),
    repair: restoreRole,
  },
  configured(30, 'a function has 128 MB', { MemorySize: 128 }, { MemorySize: 512 }),
  closed(32, 'NFS is closed', 'nfs', 2049),
  altered(32, 'no mount target in one zone', 'GET /2015-02-01/mount-targets', (body) => {
    const document: { MountTargets: unknown[] } = JSON.parse(body);
    return JSON.stringify({ MountTargets: document.MountTargets.slice(0, 1) });
  }),
  {
    cause: 33,
    name: 'the internet gateway is detached',
    break_: ({ ec2, gateway, vpc }) => ec2.detachInternetGateway({ InternetGatewayId: gateway, VpcId: vpc }),
    repair: ({ ec2, gateway, vpc }) => ec2.attachInternetGateway({ InternetGatewayId: gateway, VpcId: vpc }),
  },
  {
    cause: 34,
    name: "the S3 endpoint's policy names another bucket",
    break_: ({ ec2, s3Door }) =>
      ec2.modifyVpcEndpoint({
        VpcEndpointId: s3Door,
        PolicyDocument:
          '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::else/*"}]}',
      }),
    repair: ({ ec2, s3Door }) =>
      ec2.modifyVpcEndpoint({
        VpcEndpointId: s3Door,
        PolicyDocument: '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
      }),
  },
  {
    cause: 35,
    name: 'a bucket demands another endpoint',
    break_: ({ s3 }) =>
      s3.putBucketPolicy({
        Bucket: 'acme-docs',
        Policy:
          '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::acme-docs","arn:aws:s3:::acme-docs/*"],"Condition":{"StringNotEquals":{"aws:SourceVpce":"vpce-0aaaabbbbccccdddd"}}}]}',
      }),
    repair: ({ s3 }) => s3.deleteBucketPolicy({ Bucket: 'acme-docs' }),
  },
  {
    cause: 35,
    name: 'a secret demands another VPC',
    break_: ({ secrets }) =>
      secrets.putResourcePolicy({
        SecretId: 'acme/key',
        ResourcePolicy:
          '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"secretsmanager:*","Resource":"*","Condition":{"StringNotEquals":{"aws:SourceVpc":"vpc-0aaaabbbbccccdddd"}}}]}',
      }),
    repair: ({ secrets }) => secrets.deleteResourcePolicy({ SecretId: 'acme/key' }),
  },
  {
    cause: 38,
    name: 'a private zone answers for amazonaws.com',
    break_: async (account) => {
      const made = await account.dns.createHostedZone({
        Name: 'amazonaws.com',
        CallerReference: 'shadow',
        VPC: { VPCId: account.vpc, VPCRegion: 'eu-west-1' },
        HostedZoneConfig: { PrivateZone: true },
      });
      account.zone = made.HostedZone?.Id?.replace('/hostedzone/', '') ?? '';
    },
    repair: (account) => account.dns.deleteHostedZone({ Id: account.zone }),
  },
  {
    cause: 38,
    name: 'a resolver rule forwards amazonaws.com',
    break_: async ({ vpc }, answers) => {
      answers.set('Route53Resolver.ListResolverRules', () =>
        JSON.stringify({
          ResolverRules: [
            {
              Id: 'rslvr-rr-1',
              DomainName: 'amazonaws.com.',
              RuleType: 'FORWARD',
              TargetIps: [{ Ip: '10.9.9.9', Port: 53 }],
            },
          ],
        }),
      );
      answers.set('Route53Resolver.ListResolverRuleAssociations', () =>
        JSON.stringify({ ResolverRuleAssociations: [{ Id: 'a', ResolverRuleId: 'rslvr-rr-1', VPCId: vpc }] }),
      );
    },
    repair: async (_, answers) => {
      answers.delete('Route53Resolver.ListResolverRules');
      answers.delete('Route53Resolver.ListResolverRuleAssociations');
    },
  },
  {
    cause: 38,
    name: 'a DNS firewall blocks amazonaws.com',
    break_: async ({ vpc }, answers) => {
      answers.set('Route53Resolver.ListFirewallRuleGroupAssociations', () =>
        JSON.stringify({
          FirewallRuleGroupAssociations: [{ Id: 'a', FirewallRuleGroupId: 'rslvr-frg-1', VpcId: vpc }],
        }),
      );
      answers.set('Route53Resolver.ListFirewallRules', () =>
        JSON.stringify({ FirewallRules: [{ Action: 'BLOCK', Priority: 1, FirewallDomainListId: 'rslvr-fdl-1' }] }),
      );
      answers.set('Route53Resolver.ListFirewallDomains', () => JSON.stringify({ Domains: ['*.amazonaws.com.'] }));
    },
    repair: async (_, answers) => {
      for (const name of ['ListFirewallRuleGroupAssociations', 'ListFirewallRules', 'ListFirewallDomains'])
        answers.delete(`Route53Resolver.${name}`);
    },
  },
  altered(40, 'the endpoints are not available', 'DescribeVpcEndpoints', (body) =>
    body.replace(/<state>available<\/state>/gi, '<state>failed</state>'),
  ),
  variables(41, 'AWS_ENDPOINT_URL sends every service to one host', () => ({
    AWS_ENDPOINT_URL: 'https://vpce-0123456789abcdef0-abcdefgh.sqs.eu-west-1.vpce.amazonaws.com',
  })),
  variables(44, 'a cache that speaks only TLS is spoken to in clear', ({ cacheHost }) => ({
    REDIS_URL: `redis://${cacheHost}:6379`,
  })),
  {
    cause: 'visibility-too-short',
    name: 'visibility is shorter than six time-outs',
    break_: ({ sqs, orders }) => sqs.setQueueAttributes({ QueueUrl: orders, Attributes: { VisibilityTimeout: '45' } }),
    repair: ({ sqs, orders }) => sqs.setQueueAttributes({ QueueUrl: orders, Attributes: { VisibilityTimeout: '400' } }),
  },
  {
    cause: 'no-dead-letters',
    name: 'a queue has no dead letters',
    break_: ({ sqs, orders }) => sqs.setQueueAttributes({ QueueUrl: orders, Attributes: { RedrivePolicy: '' } }),
    repair: ({ sqs, orders, redrive }) =>
      sqs.setQueueAttributes({ QueueUrl: orders, Attributes: { RedrivePolicy: redrive } }),
  },
  {
    cause: 'mapping-off',
    name: 'a mapping is disabled',
    break_: ({ lambda, mapping }) => lambda.updateEventSourceMapping({ UUID: mapping, Enabled: false }),
    repair: ({ lambda, mapping }) => lambda.updateEventSourceMapping({ UUID: mapping, Enabled: true }),
  },
  {
    cause: 'mapping-off',
    name: 'a function is throttled to nothing',
    break_: ({ lambda }) =>
      lambda.putFunctionConcurrency({ FunctionName: 'acme-worker', ReservedConcurrentExecutions: 0 }),
    repair: ({ lambda }) => lambda.deleteFunctionConcurrency({ FunctionName: 'acme-worker' }),
  },
  {
    cause: 'role-lacks-action',
    name: 'the role may not poll',
    break_: roleWithout('sqs:DeleteMessage'),
    repair: restoreRole,
  },
  {
    cause: 42,
    name: 'the NAT gateway refuses connections for want of ports',
    break_: (account) => measure(account, 120),
    repair: async () => {},
  },
];

function measure({ watch, nat }: ForeignAccount, Value: number): Promise<unknown> {
  return watch.putMetricData({
    Namespace: 'AWS/NATGateway',
    MetricData: [
      {
        MetricName: 'ErrorPortAllocation',
        Dimensions: [{ Name: 'NatGatewayId', Value: nat }],
        Timestamp: new Date(Date.now() - 120_000),
        Value,
        Unit: 'Count',
      },
    ],
  });
}
