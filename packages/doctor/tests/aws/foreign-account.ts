import { EC2 } from '@aws-sdk/client-ec2';
import { IAM } from '@aws-sdk/client-iam';
import { Lambda } from '@aws-sdk/client-lambda';
import { RDS } from '@aws-sdk/client-rds';
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
  const innerTable = await table(...inner);
  await ec2.createRoute({ RouteTableId: openTable, DestinationCidrBlock: '0.0.0.0/0', GatewayId: gateway });
  const address = id((await ec2.allocateAddress({ Domain: 'vpc' })).AllocationId);
  const nat = id((await ec2.createNatGateway({ SubnetId: open, AllocationId: address })).NatGateway?.NatGatewayId);
  await ec2.createRoute({ RouteTableId: innerTable, DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: nat });
  const group = async (name: string) =>
    id((await ec2.createSecurityGroup({ GroupName: name, Description: name, VpcId: vpc })).GroupId);
  const [code, sql, doors] = [await group('code'), await group('sql'), await group('doors')];
  const admit = (to: string, port: number, from: string) =>
    ec2.authorizeSecurityGroupIngress({
      GroupId: to,
      IpPermissions: [{ IpProtocol: 'tcp', FromPort: port, ToPort: port, UserIdGroupPairs: [{ GroupId: from }] }],
    });
  await admit(sql, 5432, code);
  await admit(doors, 443, code);
  const s3 = id(
    (
      await ec2.createVpcEndpoint({
        VpcId: vpc,
        ServiceName: `com.amazonaws.${REGION}.s3`,
        RouteTableIds: [innerTable],
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
  const orders = id((await sqs.createQueue({ QueueName: 'mails' })).QueueUrl);
  const role = async (name: string, actions: string[]) => {
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
    await iam.putRolePolicy({
      RoleName: name,
      PolicyName: 'work',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: [...eni, ...actions], Resource: '*' }],
      }),
    });
    return id(made?.Arn);
  };
  const functions = {
    worker: await role('worker', ['sqs:SendMessage', 's3:GetObject']),
    reader: await role('reader', ['s3:GetObject']),
  };
  const make = (name: string, roleArn: string, variables: Record<string, string>) =>
    lambda.createFunction({
      FunctionName: name,
      Role: roleArn,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Timeout: 30,
      MemorySize: 512,
      Code: { ZipFile: EMPTY_ZIP },
      VpcConfig: { SubnetIds: inner, SecurityGroupIds: [code] },
      Environment: { Variables: variables },
    });
  await make('acme-worker', functions.worker, {
    MAILS: orders.replace(endpoint, `https://sqs.${REGION}.amazonaws.com`),
    DB_HOST: host,
    DB_PASSWORD: 'very-secret',
    PAY_URL: 'https://api.payments.example.com/v1',
  });
  await make('acme-reader', functions.reader, { DOCS: 'acme-docs' });
  return {
    ec2,
    iam,
    lambda,
    rds,
    vpc,
    inner,
    open,
    innerTable,
    openTable,
    gateway,
    nat,
    code,
    sql,
    doors,
    s3,
    door,
    host,
  };
}

export type ForeignAccount = Awaited<ReturnType<typeof makeForeignAccount>>;
