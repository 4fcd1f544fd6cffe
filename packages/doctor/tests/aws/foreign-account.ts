import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { EC2 } from '@aws-sdk/client-ec2';
import { EFS } from '@aws-sdk/client-efs';
import { ElastiCache } from '@aws-sdk/client-elasticache';
import { IAM } from '@aws-sdk/client-iam';
import { Lambda } from '@aws-sdk/client-lambda';
import { RDS } from '@aws-sdk/client-rds';
import { Route53 } from '@aws-sdk/client-route-53';
import { S3 } from '@aws-sdk/client-s3';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { SQS } from '@aws-sdk/client-sqs';

const REGION = 'eu-west-1';
const EMPTY_ZIP = Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)]);

/** A VPC with two functions and a database that this project did not make, as its owner would make it by hand. */
export async function makeForeignAccount(endpoint: string) {
  const options = { endpoint, region: REGION, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
  const [ec2, iam, lambda, rds, sqs] = [
    new EC2(options),
    new IAM(options),
    new Lambda(options),
    new RDS(options),
    new SQS(options),
  ];
  const [watch, efs, cache, dns, s3, secrets] = [
    new CloudWatch(options),
    new EFS(options),
    new ElastiCache(options),
    new Route53(options),
    new S3({ ...options, forcePathStyle: true }),
    new SecretsManager(options),
  ];
  const id = (value: string | undefined) => value ?? '';
  const vpc = id((await ec2.createVpc({ CidrBlock: '172.20.0.0/16' })).Vpc?.VpcId);
  await ec2.modifyVpcAttribute({ VpcId: vpc, EnableDnsHostnames: { Value: true } });
  const subnet = async (cidr: string, zone: string) =>
    id(
      (await ec2.createSubnet({ VpcId: vpc, CidrBlock: cidr, AvailabilityZone: `${REGION}${zone}` })).Subnet?.SubnetId,
    );
  const open = await subnet('172.20.0.0/24', 'a');
  const inner = [await subnet('172.20.100.0/24', 'a'), await subnet('172.20.101.0/24', 'b')];
  const gateway = id((await ec2.createInternetGateway({})).InternetGateway?.InternetGatewayId);
  await ec2.attachInternetGateway({ InternetGatewayId: gateway, VpcId: vpc });
  const table = async (...subnets: string[]) => {
    const made = id((await ec2.createRouteTable({ VpcId: vpc })).RouteTable?.RouteTableId);
    for (const each of subnets) await ec2.associateRouteTable({ RouteTableId: made, SubnetId: each });
    return made;
  };
  const openTable = await table(open);
  const innerTables = [await table(inner[0] ?? ''), await table(inner[1] ?? '')];
  await ec2.createRoute({ RouteTableId: openTable, DestinationCidrBlock: '0.0.0.0/0', GatewayId: gateway });
  const address = id((await ec2.allocateAddress({ Domain: 'vpc' })).AllocationId);
  const nat = id((await ec2.createNatGateway({ SubnetId: open, AllocationId: address })).NatGateway?.NatGatewayId);
  for (const RouteTableId of innerTables)
    await ec2.createRoute({ RouteTableId, DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: nat });
  const acls = (await ec2.describeNetworkAcls({ Filters: [{ Name: 'vpc-id', Values: [vpc] }] })).NetworkAcls;
  const acl = id(acls?.[0]?.NetworkAclId);
  const group = async (name: string) =>
    id((await ec2.createSecurityGroup({ GroupName: name, Description: name, VpcId: vpc })).GroupId);
  const [code, sql, doors] = [await group('code'), await group('sql'), await group('doors')];
  const [nfs, caches] = [await group('nfs'), await group('caches')];
  const admit = (to: string, port: number, from: string) =>
    ec2.authorizeSecurityGroupIngress({
      GroupId: to,
      IpPermissions: [{ IpProtocol: 'tcp', FromPort: port, ToPort: port, UserIdGroupPairs: [{ GroupId: from }] }],
    });
  await admit(sql, 5432, code);
  await admit(doors, 443, code);
  await admit(nfs, 2049, code);
  await admit(caches, 6379, code);
  const s3Door = id(
    (
      await ec2.createVpcEndpoint({
        VpcId: vpc,
        ServiceName: `com.amazonaws.${REGION}.s3`,
        RouteTableIds: innerTables,
      })
    ).VpcEndpoint?.VpcEndpointId,
  );
  const door = id(
    (
      await ec2.createVpcEndpoint({
        VpcId: vpc,
        VpcEndpointType: 'Interface',
        ServiceName: `com.amazonaws.${REGION}.sqs`,
        SubnetIds: inner,
        SecurityGroupIds: [doors],
        PrivateDnsEnabled: true,
      })
    ).VpcEndpoint?.VpcEndpointId,
  );
  await rds.createDBSubnetGroup({ DBSubnetGroupName: 'sql', DBSubnetGroupDescription: 'sql', SubnetIds: inner });
  const database = (
    await rds.createDBInstance({
      DBInstanceIdentifier: 'ledger',
      DBInstanceClass: 'db.t4g.micro',
      Engine: 'postgres',
      MasterUsername: 'u',
      MasterUserPassword: 'secret-password',
      AllocatedStorage: 20,
      DBSubnetGroupName: 'sql',
      VpcSecurityGroupIds: [sql],
      PubliclyAccessible: false,
    })
  ).DBInstance;
  const host = id(database?.Endpoint?.Address);
  const mails = id((await sqs.createQueue({ QueueName: 'mails' })).QueueUrl);
  const dead = id((await sqs.createQueue({ QueueName: 'orders-dead' })).QueueUrl);
  const arnOf = async (QueueUrl: string) =>
    id((await sqs.getQueueAttributes({ QueueUrl, AttributeNames: ['QueueArn'] })).Attributes?.QueueArn);
  const redrive = JSON.stringify({ deadLetterTargetArn: await arnOf(dead), maxReceiveCount: '5' });
  const orders = id(
    (
      await sqs.createQueue({
        QueueName: 'orders',
        Attributes: { VisibilityTimeout: '400', RedrivePolicy: redrive },
      })
    ).QueueUrl,
  );
  const ordersArn = await arnOf(orders);
  await s3.createBucket({ Bucket: 'acme-docs', CreateBucketConfiguration: { LocationConstraint: REGION } });
  const key = id((await secrets.createSecret({ Name: 'acme/key', SecretString: 'very-secret' })).ARN);
  const share = id((await efs.createFileSystem({})).FileSystemId);
  const targets: string[] = [];
  for (const SubnetId of inner)
    targets.push(
      id((await efs.createMountTarget({ FileSystemId: share, SubnetId, SecurityGroups: [nfs] })).MountTargetId),
    );
  const point = id((await efs.createAccessPoint({ FileSystemId: share })).AccessPointArn);
  await cache.createCacheSubnetGroup({
    CacheSubnetGroupName: 'caches',
    CacheSubnetGroupDescription: 'caches',
    SubnetIds: inner,
  });
  const policies = { worker: '', reader: '' };
  const role = async (name: keyof typeof policies, actions: string[]) => {
    const made = (
      await iam.createRole({
        RoleName: name,
        AssumeRolePolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        }),
      })
    ).Role;
    const eni = ['ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DeleteNetworkInterface'];
    policies[name] = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: [...eni, ...actions], Resource: '*' },
        { Effect: 'Allow', Action: ['s3:GetObject'], Resource: 'arn:aws:s3:::acme-docs/*' },
        { Effect: 'Allow', Action: ['secretsmanager:GetSecretValue'], Resource: key },
      ],
    });
    await iam.putRolePolicy({ RoleName: name, PolicyName: 'work', PolicyDocument: policies[name] });
    return id(made?.Arn);
  };
  const functions = {
    worker: await role('worker', [
      'sqs:SendMessage',
      'sqs:ReceiveMessage',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
    ]),
    reader: await role('reader', []),
  };
  const make = (name: string, roleArn: string, values: Record<string, string>) =>
    lambda.createFunction({
      FunctionName: name,
      Role: roleArn,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Timeout: 60,
      MemorySize: 512,
      Code: { ZipFile: EMPTY_ZIP },
      VpcConfig: { SubnetIds: inner, SecurityGroupIds: [code] },
      Environment: { Variables: values },
    });
  const cacheHost = 'master.carts.abc123.euw1.cache.amazonaws.com';
  const variables: Record<string, string> = {
    MAILS: mails.replace(endpoint, `https://sqs.${REGION}.amazonaws.com`),
    DB_HOST: host,
    DB_PASSWORD: 'very-secret',
    REDIS_URL: `rediss://${cacheHost}:6379`,
    PAY_URL: 'https://api.payments.example.com/v1',
  };
  await make('acme-worker', functions.worker, variables);
  const mapping = id(
    (await lambda.createEventSourceMapping({ FunctionName: 'acme-worker', EventSourceArn: ordersArn })).UUID,
  );
  await make('acme-reader', functions.reader, { DOCS: 'acme-docs' });
  await make('acme-connectivity-probe', functions.reader, {});
  return {
    watch,
    efs,
    dns,
    s3,
    secrets,
    sqs,
    acl,
    nfs,
    caches,
    orders,
    redrive,
    mapping,
    share,
    point,
    targets,
    policies,
    variables,
    cacheHost,
    zone: '',
    ec2,
    iam,
    lambda,
    rds,
    vpc,
    inner,
    open,
    innerTables,
    openTable,
    gateway,
    nat,
    code,
    sql,
    doors,
    s3Door,
    door,
    host,
  };
}

export type ForeignAccount = Awaited<ReturnType<typeof makeForeignAccount>>;
