import { VPCRegion } from '@aws-sdk/client-route-53';
import { readPolicy } from '../../policy/policy-document.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import type { Attempts } from './attempts.ts';
import type { Clients } from './clients.ts';

/** Queues, buckets, secrets, databases, file systems and private zones that the functions have to do with. */
export async function collectData(clients: Clients, attempts: Attempts, snapshot: Snapshot): Promise<void> {
  await collectQueues(clients, attempts, snapshot);
  await collectBuckets(clients, attempts, snapshot);
  await collectDatabases(clients, attempts, snapshot);
  await collectFiles(clients, attempts, snapshot);
  await collectZones(clients, attempts, snapshot);
  await collectMetrics(clients, attempts, snapshot);
}

async function collectQueues({ sqs }: Clients, attempts: Attempts, snapshot: Snapshot): Promise<void> {
  const isPolled = snapshot.mappings.some(({ source }) => source?.startsWith('arn:aws:sqs:'));
  const named = new Set(
    snapshot.mappings.flatMap(({ source }) =>
      source?.startsWith('arn:aws:sqs:') ? [source.split(':').at(-1) ?? ''] : [],
    ),
  );
  for (const fn of snapshot.functions)
    for (const value of Object.values(fn.environment ?? {})) {
      const name = /^https:\/\/(?:sqs\.[\w-]+|[\w-]+\.queue|queue)\.amazonaws\.com(?:\.cn)?\/\d{12}\/([\w.-]+)$/.exec(
        value ?? '',
      )?.[1];
      if (name) named.add(name);
    }
  if (named.size === 0 && !isPolled) return;
  const done = new Set<string>();
  const queue = [...named];
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    if (done.has(name)) continue;
    done.add(name);
    const current = name;
    const attributes = await attempts.call(
      'sqs:GetQueueAttributes',
      async () => {
        const { QueueUrl } = await sqs.getQueueUrl({ QueueName: current });
        return (await sqs.getQueueAttributes({ QueueUrl, AttributeNames: ['All'] })).Attributes ?? null;
      },
      null,
    );
    if (attributes === null) continue;
    const number = (key: keyof typeof attributes) => (attributes[key] === undefined ? null : Number(attributes[key]));
    const redrive = readRedrive(attributes.RedrivePolicy);
    snapshot.queues.push({
      id: attributes.QueueArn ?? current,
      arn: attributes.QueueArn ?? current,
      name: current,
      visibility_s: number('VisibilityTimeout'),
      retention_s: number('MessageRetentionPeriod'),
      dead_letter_arn: redrive.arn,
      max_receives: redrive.count,
      policy: attributes.Policy ? readPolicy(attributes.Policy) : [],
      ready: number('ApproximateNumberOfMessages'),
      in_flight: number('ApproximateNumberOfMessagesNotVisible'),
      oldest_age_s: null,
    });
    if (redrive.arn) queue.push(redrive.arn.split(':').at(-1) ?? '');
  }
}

function readRedrive(text: string | undefined): { arn: string | null; count: number | null } {
  if (!text) return { arn: null, count: null };
  const document: unknown = JSON.parse(text);
  const { deadLetterTargetArn, maxReceiveCount }: { deadLetterTargetArn?: unknown; maxReceiveCount?: unknown } =
    Object(document);
  return {
    arn: typeof deadLetterTargetArn === 'string' ? deadLetterTargetArn : null,
    count: maxReceiveCount === undefined ? null : Number(maxReceiveCount),
  };
}

async function collectBuckets({ s3 }: Clients, attempts: Attempts, snapshot: Snapshot): Promise<void> {
  const named = new Set<string>();
  for (const { statements } of snapshot.roles)
    for (const { resources } of statements)
      for (const arn of resources) {
        const name = /^arn:aws[\w-]*:s3:::([a-z0-9][a-z0-9.-]{2,62})(\/|$)/.exec(arn)?.[1];
        if (name) named.add(name);
      }
  for (const name of named) {
    const location = await attempts.call('s3:GetBucketLocation', () => s3.getBucketLocation({ Bucket: name }), null);
    if (location === null) continue;
    const policy = await attempts.call(
      's3:GetBucketPolicy',
      async () => {
        try {
          return (await s3.getBucketPolicy({ Bucket: name })).Policy ?? '';
        } catch (thrown) {
          if (thrown instanceof Error && thrown.name === 'NoSuchBucketPolicy') return '';
          throw thrown;
        }
      },
      null,
    );
    snapshot.buckets.push({
      id: `arn:aws:s3:::${name}`,
      name,
      region: location.LocationConstraint || 'us-east-1',
      policy: policy === null ? null : policy === '' ? [] : readPolicy(policy),
      expirations: [],
    });
  }
}

async function collectDatabases({ rds, cache }: Clients, attempts: Attempts, snapshot: Snapshot): Promise<void> {
  const inside = new Set(snapshot.vpcs.map(({ id }) => id));
  const wanted = (vpc: string | undefined, hosts: readonly string[]) =>
    inside.has(vpc ?? '') ||
    hosts.some((host) =>
      snapshot.functions.some(({ environment }) =>
        Object.values(environment ?? {}).some((value) => value?.includes(host)),
      ),
    );
  const instances = await attempts.call(
    'rds:DescribeDBInstances',
    async () => (await rds.describeDBInstances({})).DBInstances ?? [],
    [],
  );
  for (const each of instances) {
    const hosts = [each.Endpoint?.Address].flatMap((host) => host ?? []);
    if (!wanted(each.DBSubnetGroup?.VpcId, hosts)) continue;
    snapshot.databases.push({
      id: each.DBInstanceArn ?? each.DBInstanceIdentifier ?? '',
      kind: 'rds',
      engine: each.Engine ?? null,
      hosts,
      port: each.Endpoint?.Port ?? each.DbInstancePort ?? null,
      vpc_id: each.DBSubnetGroup?.VpcId ?? null,
      subnet_ids: (each.DBSubnetGroup?.Subnets ?? []).flatMap(({ SubnetIdentifier }) => SubnetIdentifier ?? []),
      group_ids: (each.VpcSecurityGroups ?? []).flatMap(({ VpcSecurityGroupId }) => VpcSecurityGroupId ?? []),
      public: each.PubliclyAccessible ?? null,
      tls: 'optional',
    });
  }
  const clusters = await attempts.call(
    'rds:DescribeDBClusters',
    async () => (await rds.describeDBClusters({})).DBClusters ?? [],
    [],
  );
  for (const each of clusters) {
    const hosts = [each.Endpoint, each.ReaderEndpoint].flatMap((host) => host ?? []);
    const member = snapshot.databases.find(({ id }) =>
      each.DBClusterMembers?.some(({ DBInstanceIdentifier }) => id.endsWith(`:${DBInstanceIdentifier}`)),
    );
    if (!member && !wanted(undefined, hosts)) continue;
    snapshot.databases.push({
      id: each.DBClusterArn ?? each.DBClusterIdentifier ?? '',
      kind: 'rds',
      engine: each.Engine ?? null,
      hosts,
      port: each.Port ?? null,
      vpc_id: member?.vpc_id ?? null,
      subnet_ids: member?.subnet_ids ?? [],
      group_ids: (each.VpcSecurityGroups ?? []).flatMap(({ VpcSecurityGroupId }) => VpcSecurityGroupId ?? []),
      public: each.PubliclyAccessible ?? false,
      tls: 'optional',
    });
  }
  const groups = await attempts.call(
    'elasticache:DescribeReplicationGroups',
    async () => (await cache.describeReplicationGroups({})).ReplicationGroups ?? [],
    [],
  );
  if (groups.length === 0) return;
  const nodes = await attempts.call(
    'elasticache:DescribeCacheClusters',
    async () => (await cache.describeCacheClusters({})).CacheClusters ?? [],
    [],
  );
  const subnetGroups = await attempts.call(
    'elasticache:DescribeCacheSubnetGroups',
    async () => (await cache.describeCacheSubnetGroups({})).CacheSubnetGroups ?? [],
    [],
  );
  for (const each of groups) {
    const own = nodes.find(({ ReplicationGroupId }) => ReplicationGroupId === each.ReplicationGroupId);
    const subnets = subnetGroups.find(({ CacheSubnetGroupName }) => CacheSubnetGroupName === own?.CacheSubnetGroupName);
    const hosts = [
      each.ConfigurationEndpoint?.Address,
      ...(each.NodeGroups ?? []).flatMap(({ PrimaryEndpoint, ReaderEndpoint }) => [
        PrimaryEndpoint?.Address,
        ReaderEndpoint?.Address,
      ]),
    ].flatMap((host) => host ?? []);
    if (!wanted(subnets?.VpcId, hosts)) continue;
    snapshot.databases.push({
      id: each.ARN ?? each.ReplicationGroupId ?? '',
      kind: 'elasticache',
      engine: each.Engine ?? 'redis',
      hosts,
      port: each.ConfigurationEndpoint?.Port ?? each.NodeGroups?.[0]?.PrimaryEndpoint?.Port ?? 6379,
      vpc_id: subnets?.VpcId ?? null,
      subnet_ids: (subnets?.Subnets ?? []).flatMap(({ SubnetIdentifier }) => SubnetIdentifier ?? []),
      group_ids: (own?.SecurityGroups ?? []).flatMap(({ SecurityGroupId }) => SecurityGroupId ?? []),
      public: false,
      tls: each.TransitEncryptionEnabled
        ? each.TransitEncryptionMode === 'preferred'
          ? 'optional'
          : 'required'
        : 'none',
    });
  }
}

async function collectFiles({ efs }: Clients, attempts: Attempts, snapshot: Snapshot): Promise<void> {
  const points = new Set(
    snapshot.functions.flatMap(({ mounts }) => mounts.flatMap(({ access_point_id }) => access_point_id ?? [])),
  );
  for (const arn of points) {
    const found = await attempts.call(
      'elasticfilesystem:DescribeAccessPoints',
      async () => (await efs.describeAccessPoints({ AccessPointId: arn.split('/').at(-1) })).AccessPoints ?? [],
      [],
    );
    const system = found[0]?.FileSystemId ?? null;
    snapshot.access_points.push({ id: arn, file_system_id: system });
    if (system === null || snapshot.file_systems.some(({ id }) => id === system)) continue;
    snapshot.file_systems.push({ id: system, policy: null });
    const targets = await attempts.call(
      'elasticfilesystem:DescribeMountTargets',
      async () => (await efs.describeMountTargets({ FileSystemId: system })).MountTargets ?? [],
      [],
    );
    for (const target of targets) {
      const groups = await attempts.call(
        'elasticfilesystem:DescribeMountTargetSecurityGroups',
        async () =>
          (await efs.describeMountTargetSecurityGroups({ MountTargetId: target.MountTargetId })).SecurityGroups ?? [],
        null,
      );
      snapshot.mount_targets.push({
        id: target.MountTargetId ?? '',
        file_system_id: system,
        subnet_id: target.SubnetId ?? null,
        group_ids: groups,
        state: target.LifeCycleState ?? 'available',
      });
    }
  }
}

async function collectZones({ dns }: Clients, attempts: Attempts, snapshot: Snapshot): Promise<void> {
  const { region } = snapshot;
  if (region === null) return;
  for (const { id: vpc } of snapshot.vpcs) {
    const zones = await attempts.call(
      'route53:ListHostedZonesByVPC',
      async () =>
        (await dns.listHostedZonesByVPC({ VPCId: vpc, VPCRegion: regionOf(region) })).HostedZoneSummaries ?? [],
      [],
    );
    for (const zone of zones) {
      const id = zone.HostedZoneId ?? '';
      const known = snapshot.private_zones.find((each) => each.id === id);
      if (known) {
        known.vpc_ids.push(vpc);
        continue;
      }
      const records = await attempts.call(
        'route53:ListResourceRecordSets',
        async () => (await dns.listResourceRecordSets({ HostedZoneId: id })).ResourceRecordSets ?? [],
        null,
      );
      snapshot.private_zones.push({
        id,
        name: (zone.Name ?? '').replace(/\.$/, '').toLowerCase(),
        vpc_ids: [vpc],
        records:
          records?.map((record) => ({
            name: (record.Name ?? '').replace(/\.$/, '').replace('\\052', '*').toLowerCase(),
            type: record.Type ?? 'A',
            values: [
              ...(record.ResourceRecords ?? []).flatMap(({ Value }) => Value ?? []),
              ...(record.AliasTarget?.DNSName ? [record.AliasTarget.DNSName.replace(/\.$/, '')] : []),
            ],
          })) ?? null,
      });
    }
  }
}

function regionOf(region: string): VPCRegion | undefined {
  return Object.values(VPCRegion).find((each) => each === region);
}

const MINUTES = 180;

async function collectMetrics({ watch }: Clients, attempts: Attempts, snapshot: Snapshot): Promise<void> {
  const end = new Date();
  const start = new Date(end.getTime() - MINUTES * 60_000);
  const read = async (
    namespace: string,
    name: string,
    dimension: string,
    id: string,
    statistic: 'Sum' | 'Minimum' | 'Maximum',
  ) => {
    const points = await attempts.call(
      'cloudwatch:GetMetricStatistics',
      async () =>
        (
          await watch.getMetricStatistics({
            Namespace: namespace,
            MetricName: name,
            Dimensions: [{ Name: dimension, Value: id }],
            StartTime: start,
            EndTime: end,
            Period: 300,
            Statistics: [statistic],
          })
        ).Datapoints ?? [],
      [],
    );
    if (points.length === 0) return;
    const values = points.map((point) => point[statistic] ?? 0);
    const value =
      statistic === 'Sum'
        ? values.reduce((sum, each) => sum + each, 0)
        : statistic === 'Minimum'
          ? Math.min(...values)
          : Math.max(...values);
    snapshot.metrics.push({ resource_id: id, name, statistic, value, minutes: MINUTES });
  };
  for (const { id } of snapshot.nat_gateways)
    await read('AWS/NATGateway', 'ErrorPortAllocation', 'NatGatewayId', id, 'Sum');
  const nats = snapshot.instances.filter(
    ({ source_dest_check, interface_ids }) =>
      source_dest_check === false ||
      snapshot.network_interfaces.some(
        ({ id, source_dest_check: check }) => interface_ids.includes(id) && check === false,
      ),
  );
  for (const { id } of nats) await read('AWS/EC2', 'CPUCreditBalance', 'InstanceId', id, 'Minimum');
  for (const queue of snapshot.queues) {
    await read('AWS/SQS', 'ApproximateAgeOfOldestMessage', 'QueueName', queue.name, 'Maximum');
    const age = snapshot.metrics.findLast(
      ({ resource_id, name }) => resource_id === queue.name && name === 'ApproximateAgeOfOldestMessage',
    );
    if (age) queue.oldest_age_s = age.value;
  }
}
