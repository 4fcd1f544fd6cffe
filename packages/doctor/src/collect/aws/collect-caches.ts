import type { Snapshot } from '../../snapshot/snapshot.ts';
import type { Attempts } from './attempts.ts';
import type { Clients } from './clients.ts';
import type { Wanted } from './collect-databases.ts';
import { allPages } from './pages.ts';

/** ElastiCache: replication groups, clusters by themselves, and serverless caches. */
export async function collectCaches(
  { cache }: Clients,
  attempts: Attempts,
  wanted: Wanted,
  snapshot: Snapshot,
): Promise<void> {
  const groups = await attempts.call(
    'elasticache:DescribeReplicationGroups',
    () =>
      allPages(async (Marker) => {
        const page = await cache.describeReplicationGroups({ Marker });
        return { items: page.ReplicationGroups, next: page.Marker };
      }),
    [],
  );
  const clusters = await attempts.call(
    'elasticache:DescribeCacheClusters',
    () =>
      allPages(async (Marker) => {
        const page = await cache.describeCacheClusters({ ShowCacheNodeInfo: true, Marker });
        return { items: page.CacheClusters, next: page.Marker };
      }),
    [],
  );
  const serverless = await attempts.call(
    'elasticache:DescribeServerlessCaches',
    () =>
      allPages(async (NextToken) => {
        const page = await cache.describeServerlessCaches({ NextToken });
        return { items: page.ServerlessCaches, next: page.NextToken };
      }),
    [],
  );
  if (groups.length + clusters.length + serverless.length === 0) return;
  const subnetGroups = await attempts.call(
    'elasticache:DescribeCacheSubnetGroups',
    () =>
      allPages(async (Marker) => {
        const page = await cache.describeCacheSubnetGroups({ Marker });
        return { items: page.CacheSubnetGroups, next: page.Marker };
      }),
    [],
  );
  const placeOf = (name: string | undefined) => {
    const found = subnetGroups.find(({ CacheSubnetGroupName }) => CacheSubnetGroupName === name);
    return {
      vpc_id: found?.VpcId ?? null,
      subnet_ids: (found?.Subnets ?? []).flatMap(({ SubnetIdentifier }) => SubnetIdentifier ?? []),
    };
  };
  for (const each of groups) {
    const own = clusters.find(({ ReplicationGroupId }) => ReplicationGroupId === each.ReplicationGroupId);
    const place = placeOf(own?.CacheSubnetGroupName);
    const hosts = [
      each.ConfigurationEndpoint?.Address,
      ...(each.NodeGroups ?? []).flatMap(({ PrimaryEndpoint, ReaderEndpoint }) => [
        PrimaryEndpoint?.Address,
        ReaderEndpoint?.Address,
      ]),
    ].flatMap((host) => host ?? []);
    if (!wanted(place.vpc_id, hosts)) continue;
    snapshot.databases.push({
      id: each.ARN ?? each.ReplicationGroupId ?? '',
      kind: 'elasticache',
      engine: each.Engine ?? 'redis',
      hosts,
      port: each.ConfigurationEndpoint?.Port ?? each.NodeGroups?.[0]?.PrimaryEndpoint?.Port ?? 6379,
      ...place,
      group_ids: (own?.SecurityGroups ?? []).flatMap(({ SecurityGroupId }) => SecurityGroupId ?? []),
      public: false,
      tls: tlsOf(each),
    });
  }
  for (const each of clusters) {
    const place = placeOf(each.CacheSubnetGroupName);
    const node = each.ConfigurationEndpoint ?? each.CacheNodes?.[0]?.Endpoint;
    const hosts = [node?.Address].flatMap((host) => host ?? []);
    if (each.ReplicationGroupId || !wanted(place.vpc_id, hosts)) continue;
    snapshot.databases.push({
      id: each.ARN ?? each.CacheClusterId ?? '',
      kind: 'elasticache',
      engine: each.Engine ?? null,
      hosts,
      port: node?.Port ?? (each.Engine === 'memcached' ? 11_211 : 6379),
      ...place,
      group_ids: (each.SecurityGroups ?? []).flatMap(({ SecurityGroupId }) => SecurityGroupId ?? []),
      public: false,
      tls: tlsOf(each),
    });
  }
  for (const each of serverless) {
    const hosts = [each.Endpoint?.Address, each.ReaderEndpoint?.Address].flatMap((host) => host ?? []);
    const subnet_ids = each.SubnetIds ?? [];
    const vpc_id = snapshot.subnets.find(({ id }) => subnet_ids.includes(id))?.vpc_id ?? null;
    if (!wanted(vpc_id, hosts)) continue;
    snapshot.databases.push({
      id: each.ARN ?? each.ServerlessCacheName ?? '',
      kind: 'elasticache',
      engine: each.Engine ?? null,
      hosts,
      port: each.Endpoint?.Port ?? 6379,
      vpc_id,
      subnet_ids,
      group_ids: each.SecurityGroupIds ?? [],
      public: false,
      // A serverless cache always demands TLS [ElastiCache guide, "In-transit encryption"].
      tls: 'required',
    });
  }
}

function tlsOf(each: {
  readonly TransitEncryptionEnabled?: boolean | undefined;
  readonly TransitEncryptionMode?: string | undefined;
}): 'required' | 'optional' | 'none' {
  if (!each.TransitEncryptionEnabled) return 'none';
  return each.TransitEncryptionMode === 'preferred' ? 'optional' : 'required';
}
