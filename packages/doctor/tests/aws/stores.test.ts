import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { EC2 } from '@aws-sdk/client-ec2';
import { Kafka } from '@aws-sdk/client-kafka';
import { MemoryDB } from '@aws-sdk/client-memorydb';
import { OpenSearch } from '@aws-sdk/client-opensearch';
import { Redshift } from '@aws-sdk/client-redshift';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { Attempts } from '../../src/collect/aws/attempts.ts';
import { openClients } from '../../src/collect/aws/clients.ts';
import { collectAgents } from '../../src/collect/aws/collect-agents.ts';
import { collectQuotas } from '../../src/collect/aws/collect-quotas.ts';
import { collectStores } from '../../src/collect/aws/collect-stores.ts';
import { snapshotOfStack } from '../../src/collect/synth/collect-synth.ts';
import { emptySnapshot, type Snapshot } from '../../src/snapshot/snapshot.ts';
import { ownEnvironments, ownStack } from '../matrix/own-stacks.ts';
import { startAlteringServer } from './altered-answers.ts';

const endpoint = inject('endpoint');
const place = { region: 'eu-west-1', profile: null };
const options = {
  endpoint: endpoint ?? '',
  region: place.region,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
};
let vpc = '';
let subnets: string[] = [];
let group = '';

let server: Awaited<ReturnType<typeof startAlteringServer>>;
/** The server of the tests writes times of MSK in a form that AWS does not. */
const withTimes = (body: string) => body.replace(/"creationTime": ?"[^"]*"/g, '"creationTime":"2026-01-01T00:00:00Z"');

beforeAll(async () => {
  if (!endpoint) return;
  server = await startAlteringServer(endpoint, new Map([['GET /api/v2/clusters', withTimes]]));
  process.env.AWS_ENDPOINT_URL = server.endpoint;
  const ec2 = new EC2(options);
  vpc = (await ec2.createVpc({ CidrBlock: '10.77.0.0/16' })).Vpc?.VpcId ?? '';
  subnets = [];
  for (const [at, zone] of ['a', 'b'].entries()) {
    const { Subnet } = await ec2.createSubnet({
      VpcId: vpc,
      CidrBlock: `10.77.${at}.0/24`,
      AvailabilityZone: `${place.region}${zone}`,
    });
    subnets.push(Subnet?.SubnetId ?? '');
  }
  group = (await ec2.createSecurityGroup({ GroupName: 'stores', Description: 'stores', VpcId: vpc })).GroupId ?? '';
});
afterAll(() => {
  server?.stop();
  delete process.env.AWS_ENDPOINT_URL;
});

async function collected(work: (snapshot: Snapshot, attempts: Attempts) => Promise<void>) {
  const snapshot = emptySnapshot({ kind: 'aws', name: 'test', collected_at: new Date(0).toISOString() });
  snapshot.subnets.push(
    ...subnets.map((id) => ({ id, vpc_id: vpc, cidr: null, ipv6_cidr: null, zone: null, free_addresses: null })),
  );
  const attempts = new Attempts(() => {});
  await work(snapshot, attempts);
  return { snapshot, notes: attempts.notes };
}

test.skipIf(!endpoint)(
  'MemoryDB, Redshift, OpenSearch and MSK in the VPC are neighbours with host, port and groups',
  async () => {
    const memory = new MemoryDB(options);
    await memory.createSubnetGroup({ SubnetGroupName: 'memory', SubnetIds: subnets });
    await memory.createCluster({
      ClusterName: 'carts',
      NodeType: 'db.t4g.small',
      ACLName: 'open-access',
      SubnetGroupName: 'memory',
      SecurityGroupIds: [group],
    });
    const warehouse = new Redshift(options);
    await warehouse.createClusterSubnetGroup({
      ClusterSubnetGroupName: 'warehouse',
      Description: 'w',
      SubnetIds: subnets,
    });
    await warehouse.createCluster({
      ClusterIdentifier: 'facts',
      NodeType: 'ra3.large',
      MasterUsername: 'u',
      MasterUserPassword: 'Not-a-secret1',
      ClusterSubnetGroupName: 'warehouse',
      VpcSecurityGroupIds: [group],
    });
    await new OpenSearch(options).createDomain({
      DomainName: 'search',
      VPCOptions: { SubnetIds: subnets.slice(0, 1), SecurityGroupIds: [group] },
    });
    await new Kafka(options).createClusterV2({
      ClusterName: 'events',
      Provisioned: {
        BrokerNodeGroupInfo: { ClientSubnets: subnets, SecurityGroups: [group], InstanceType: 'kafka.m7g.large' },
        KafkaVersion: '3.7.x',
        NumberOfBrokerNodes: 2,
      },
    });
    const clients = await openClients(place);
    const { snapshot, notes } = await collected((made, attempts) => collectStores(clients, attempts, () => true, made));
    const found = new Map(snapshot.databases.map((each) => [each.kind, each]));
    expect(notes.filter((note) => !/GetBootstrapBrokers/.test(note))).toEqual([]);
    expect(found.get('memorydb')).toMatchObject({ vpc_id: vpc, subnet_ids: subnets, tls: 'required', port: 6379 });
    expect(found.get('redshift')).toMatchObject({ subnet_ids: subnets, group_ids: [group], port: 5439 });
    expect(found.get('kafka')).toMatchObject({ vpc_id: vpc, subnet_ids: subnets, group_ids: [group] });
  },
);

test.skipIf(!endpoint)(
  'agents are counted by the records that say that they run; one whose time is over is none',
  async () => {
    const TableName = 'slipstream-dev';
    const table = new DynamoDB(options);
    await table.createTable({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk', 'gsi1pk', 'gsi1sk'].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S' as const,
      })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'gsi1',
          KeySchema: [
            { AttributeName: 'gsi1pk', KeyType: 'HASH' },
            { AttributeName: 'gsi1sk', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    });
    const now_s = Math.round(Date.now() / 1_000);
    for (const [id, ttl] of [
      ['living', now_s + 60],
      ['gone', now_s - 60],
    ] as const)
      await table.putItem({
        TableName,
        Item: {
          pk: { S: `AGENT#${id}` },
          sk: { S: 'AGENT' },
          gsi1pk: { S: 'AGENT' },
          gsi1sk: { S: `2026-01-01T00:00:00.000Z#${id}` },
          updated_at: { S: new Date((now_s - 7) * 1_000).toISOString() },
          ttl: { N: String(ttl) },
        },
      });
    const clients = await openClients(place);
    const { snapshot } = await collected(async (made, attempts) => {
      const [environment] = ownEnvironments();
      if (!environment) throw new Error('there is no environment');
      made.functions.push(...snapshotOfStack(ownStack(environment).text(), 'own').functions.slice(0, 1));
      const [fn] = made.functions;
      if (fn) Object.assign(fn, { name: 'slipstream-dev-api', environment: { DYNAMO_TABLE_NAME: TableName } });
      await collectAgents(clients, attempts, made);
    });
    expect(snapshot.agents?.count).toBe(1);
    expect(snapshot.agents?.last_seen_s).toBeGreaterThanOrEqual(6);
  },
);

test.skipIf(!endpoint)('interfaces are counted against their quota', async () => {
  const clients = await openClients(place);
  const { snapshot } = await collected(async (made, attempts) => {
    made.vpcs.push({
      id: vpc,
      cidrs: null,
      ipv6_cidrs: [],
      dns_support: null,
      dns_hostnames: null,
      dhcp_options_id: null,
      main_route_table_id: null,
      default_acl_id: null,
      default_group_id: null,
    });
    await collectQuotas(clients, attempts, made);
  });
  expect(snapshot.metrics.map(({ name, value }) => [name, value])).toEqual([
    ['LambdaInterfaces', 0],
    ['LambdaInterfacesQuota', 500],
    ['Interfaces', 0],
    ['InterfacesQuota', 5_000],
  ]);
});
