import type { Snapshot } from '../../snapshot/snapshot.ts';
import type { Attempts } from './attempts.ts';
import type { Clients } from './clients.ts';
import type { Wanted } from './collect-databases.ts';
import { allPages } from './pages.ts';

/** OpenSearch describes so many domains in one call. */
const DOMAINS_A_CALL = 5;

/** MemoryDB, Redshift, OpenSearch and MSK, where they stand in a VPC. */
export async function collectStores(
  clients: Clients,
  attempts: Attempts,
  wanted: Wanted,
  snapshot: Snapshot,
): Promise<void> {
  await collectMemory(clients, attempts, wanted, snapshot);
  await collectWarehouses(clients, attempts, wanted, snapshot);
  await collectSearch(clients, attempts, wanted, snapshot);
  await collectKafka(clients, attempts, wanted, snapshot);
}

async function collectMemory({ memory }: Clients, attempts: Attempts, wanted: Wanted, snapshot: Snapshot) {
  const clusters = await attempts.call(
    'memorydb:DescribeClusters',
    () =>
      allPages(async (NextToken) => {
        const page = await memory.describeClusters({ ...(NextToken ? { NextToken } : {}) });
        return { items: page.Clusters, next: page.NextToken };
      }),
    [],
  );
  if (clusters.length === 0) return;
  const groups = await attempts.call(
    'memorydb:DescribeSubnetGroups',
    () =>
      allPages(async (NextToken) => {
        const page = await memory.describeSubnetGroups({ ...(NextToken ? { NextToken } : {}) });
        return { items: page.SubnetGroups, next: page.NextToken };
      }),
    [],
  );
  for (const each of clusters) {
    const place = groups.find(({ Name }) => Name === each.SubnetGroupName);
    const hosts = [each.ClusterEndpoint?.Address].flatMap((host) => host ?? []);
    if (!wanted(place?.VpcId, hosts)) continue;
    snapshot.databases.push({
      id: each.ARN ?? each.Name ?? '',
      kind: 'memorydb',
      engine: each.Engine ?? 'redis',
      hosts,
      port: each.ClusterEndpoint?.Port ?? 6379,
      vpc_id: place?.VpcId ?? null,
      subnet_ids: (place?.Subnets ?? []).flatMap(({ Identifier }) => Identifier ?? []),
      group_ids: (each.SecurityGroups ?? []).flatMap(({ SecurityGroupId }) => SecurityGroupId ?? []),
      public: false,
      tls: each.TLSEnabled === false ? 'none' : 'required',
    });
  }
}

async function collectWarehouses({ warehouse }: Clients, attempts: Attempts, wanted: Wanted, snapshot: Snapshot) {
  const clusters = await attempts.call(
    'redshift:DescribeClusters',
    () =>
      allPages(async (Marker) => {
        const page = await warehouse.describeClusters({ ...(Marker ? { Marker } : {}) });
        return { items: page.Clusters, next: page.Marker };
      }),
    [],
  );
  if (clusters.length === 0) return;
  const groups = await attempts.call(
    'redshift:DescribeClusterSubnetGroups',
    () =>
      allPages(async (Marker) => {
        const page = await warehouse.describeClusterSubnetGroups({ ...(Marker ? { Marker } : {}) });
        return { items: page.ClusterSubnetGroups, next: page.Marker };
      }),
    [],
  );
  for (const each of clusters) {
    const place = groups.find(({ ClusterSubnetGroupName }) => ClusterSubnetGroupName === each.ClusterSubnetGroupName);
    const hosts = [each.Endpoint?.Address].flatMap((host) => host ?? []);
    const vpc = each.VpcId ?? place?.VpcId ?? null;
    if (!wanted(vpc, hosts)) continue;
    snapshot.databases.push({
      id: each.ClusterNamespaceArn ?? each.ClusterIdentifier ?? '',
      kind: 'redshift',
      engine: 'redshift',
      hosts,
      port: each.Endpoint?.Port ?? 5439,
      vpc_id: vpc,
      subnet_ids: (place?.Subnets ?? []).flatMap(({ SubnetIdentifier }) => SubnetIdentifier ?? []),
      group_ids: (each.VpcSecurityGroups ?? []).flatMap(({ VpcSecurityGroupId }) => VpcSecurityGroupId ?? []),
      public: each.PubliclyAccessible ?? null,
      tls: null,
    });
  }
}

async function collectSearch({ search }: Clients, attempts: Attempts, wanted: Wanted, snapshot: Snapshot) {
  const names = await attempts.call(
    'es:ListDomainNames',
    async () => ((await search.listDomainNames({})).DomainNames ?? []).flatMap(({ DomainName }) => DomainName ?? []),
    [],
  );
  for (let at = 0; at < names.length; at += DOMAINS_A_CALL) {
    const domains = await attempts.call(
      'es:DescribeDomains',
      async () =>
        (await search.describeDomains({ DomainNames: names.slice(at, at + DOMAINS_A_CALL) })).DomainStatusList ?? [],
      [],
    );
    for (const each of domains) {
      const { VPCOptions: place } = each;
      const hosts = [each.Endpoint, ...Object.values(each.Endpoints ?? {})].flatMap((host) => host ?? []);
      // One outside of any VPC is a public AWS host like any other.
      if (!place?.VPCId || !wanted(place.VPCId, hosts)) continue;
      snapshot.databases.push({
        id: each.ARN ?? each.DomainName ?? '',
        kind: 'opensearch',
        engine: each.EngineVersion ?? null,
        hosts: [...new Set(hosts)],
        port: 443,
        vpc_id: place.VPCId,
        subnet_ids: place.SubnetIds ?? [],
        group_ids: place.SecurityGroupIds ?? [],
        public: false,
        tls: each.DomainEndpointOptions?.EnforceHTTPS === true ? 'required' : 'optional',
      });
    }
  }
}

async function collectKafka({ kafka }: Clients, attempts: Attempts, wanted: Wanted, snapshot: Snapshot) {
  const clusters = await attempts.call(
    'kafka:ListClustersV2',
    () =>
      allPages(async (NextToken) => {
        const page = await kafka.listClustersV2({ ...(NextToken ? { NextToken } : {}) });
        return { items: page.ClusterInfoList, next: page.NextToken };
      }),
    [],
  );
  for (const { ClusterArn, ClusterName, Provisioned, Serverless } of clusters) {
    const [own] = Serverless?.VpcConfigs ?? [];
    const subnets = Provisioned?.BrokerNodeGroupInfo?.ClientSubnets ?? own?.SubnetIds ?? [];
    const vpc = snapshot.subnets.find(({ id }) => subnets.includes(id))?.vpc_id ?? null;
    if (!wanted(vpc, [])) continue;
    const brokers = await attempts.call(
      'kafka:GetBootstrapBrokers',
      () => kafka.getBootstrapBrokers({ ClusterArn }),
      null,
    );
    const [named] = [
      brokers?.BootstrapBrokerStringSaslIam,
      brokers?.BootstrapBrokerStringSaslScram,
      brokers?.BootstrapBrokerStringTls,
      brokers?.BootstrapBrokerString,
    ].flatMap((each) => each || []);
    const hosts = (named ?? '').split(',').filter(Boolean);
    snapshot.databases.push({
      id: ClusterArn ?? ClusterName ?? '',
      kind: 'kafka',
      engine: 'kafka',
      hosts: hosts.map((each) => each.replace(/:\d+$/, '')),
      port: Number(/:(\d+)$/.exec(hosts[0] ?? '')?.[1] ?? 9094),
      vpc_id: vpc,
      subnet_ids: subnets,
      group_ids: Provisioned?.BrokerNodeGroupInfo?.SecurityGroups ?? own?.SecurityGroupIds ?? [],
      public: false,
      tls:
        Provisioned?.EncryptionInfo?.EncryptionInTransit?.ClientBroker === 'TLS' || Serverless
          ? 'required'
          : 'optional',
    });
  }
}
