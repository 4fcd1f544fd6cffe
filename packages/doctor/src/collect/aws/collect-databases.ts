import type { Snapshot } from '../../snapshot/snapshot.ts';
import type { Attempts } from './attempts.ts';
import type { Clients } from './clients.ts';
import { collectCaches } from './collect-caches.ts';
import { collectStores } from './collect-stores.ts';
import { allPages } from './pages.ts';

type Database = Snapshot['databases'][number];

/** Databases and caches of the VPCs, and those elsewhere whose host a function's variable names. */
export async function collectDatabases(clients: Clients, attempts: Attempts, snapshot: Snapshot): Promise<void> {
  const wanted = wantedIn(snapshot);
  await collectInstances(clients, attempts, wanted, snapshot);
  await collectClusters(clients, attempts, wanted, snapshot);
  await collectProxies(clients, attempts, wanted, snapshot);
  await collectCaches(clients, attempts, wanted, snapshot);
  await collectStores(clients, attempts, wanted, snapshot);
}

export type Wanted = (vpc: string | null | undefined, hosts: readonly string[]) => boolean;

function wantedIn(snapshot: Snapshot): Wanted {
  const inside = new Set(snapshot.vpcs.map(({ id }) => id));
  const values = snapshot.functions.flatMap(({ environment }) => Object.values(environment ?? {}));
  return (vpc, hosts) => inside.has(vpc ?? '') || hosts.some((host) => values.some((value) => value?.includes(host)));
}

async function collectInstances(
  { rds }: Clients,
  attempts: Attempts,
  wanted: Wanted,
  snapshot: Snapshot,
): Promise<void> {
  const instances = await attempts.call(
    'rds:DescribeDBInstances',
    () =>
      allPages(async (Marker) => {
        const page = await rds.describeDBInstances({ Marker });
        return { items: page.DBInstances, next: page.Marker };
      }),
    [],
  );
  for (const each of instances) {
    const hosts = [each.Endpoint?.Address].flatMap((host) => host ?? []);
    if (!wanted(each.DBSubnetGroup?.VpcId, hosts)) continue;
    const group = each.DBParameterGroups?.[0]?.DBParameterGroupName;
    snapshot.databases.push({
      id: each.DBInstanceArn ?? each.DBInstanceIdentifier ?? '',
      kind: 'rds',
      engine: each.Engine ?? null,
      hosts,
      port: each.Endpoint?.Port ?? (each.DbInstancePort || null),
      vpc_id: each.DBSubnetGroup?.VpcId ?? null,
      subnet_ids: (each.DBSubnetGroup?.Subnets ?? []).flatMap(({ SubnetIdentifier }) => SubnetIdentifier ?? []),
      group_ids: (each.VpcSecurityGroups ?? []).flatMap(({ VpcSecurityGroupId }) => VpcSecurityGroupId ?? []),
      public: each.PubliclyAccessible ?? null,
      tls: await tlsOf(attempts, 'rds:DescribeDBParameters', () =>
        parameters((Marker) =>
          rds
            .describeDBParameters({ DBParameterGroupName: group, Marker })
            .then((page) => ({ items: page.Parameters, next: page.Marker })),
        ),
      ),
    });
  }
}

async function collectClusters(
  { rds }: Clients,
  attempts: Attempts,
  wanted: Wanted,
  snapshot: Snapshot,
): Promise<void> {
  const clusters = await attempts.call(
    'rds:DescribeDBClusters',
    () =>
      allPages(async (Marker) => {
        const page = await rds.describeDBClusters({ Marker });
        return { items: page.DBClusters, next: page.Marker };
      }),
    [],
  );
  for (const each of clusters) {
    const hosts = [each.Endpoint, each.ReaderEndpoint].flatMap((host) => host ?? []);
    const member = snapshot.databases.find(({ id }) =>
      each.DBClusterMembers?.some(({ DBInstanceIdentifier }) => id.endsWith(`:${DBInstanceIdentifier}`)),
    );
    if (!member && !wanted(undefined, hosts)) continue;
    const group = each.DBClusterParameterGroup;
    snapshot.databases.push({
      id: each.DBClusterArn ?? each.DBClusterIdentifier ?? '',
      kind: each.Engine === 'docdb' ? 'docdb' : 'rds',
      engine: each.Engine ?? null,
      hosts,
      port: each.Port ?? null,
      vpc_id: member?.vpc_id ?? null,
      subnet_ids: member?.subnet_ids ?? [],
      group_ids: (each.VpcSecurityGroups ?? []).flatMap(({ VpcSecurityGroupId }) => VpcSecurityGroupId ?? []),
      public: each.PubliclyAccessible ?? false,
      tls:
        each.Engine === 'docdb'
          ? 'required'
          : await tlsOf(attempts, 'rds:DescribeDBClusterParameters', () =>
              parameters((Marker) =>
                rds
                  .describeDBClusterParameters({ DBClusterParameterGroupName: group, Marker })
                  .then((page) => ({ items: page.Parameters, next: page.Marker })),
              ),
            ),
    });
  }
}

async function collectProxies({ rds }: Clients, attempts: Attempts, wanted: Wanted, snapshot: Snapshot): Promise<void> {
  const proxies = await attempts.call(
    'rds:DescribeDBProxies',
    () =>
      allPages(async (Marker) => {
        const page = await rds.describeDBProxies({ Marker });
        return { items: page.DBProxies, next: page.Marker };
      }),
    [],
  );
  for (const each of proxies) {
    const hosts = [each.Endpoint].flatMap((host) => host ?? []);
    if (!wanted(each.VpcId, hosts)) continue;
    snapshot.databases.push({
      id: each.DBProxyArn ?? each.DBProxyName ?? '',
      kind: 'rds',
      engine: each.EngineFamily?.toLowerCase() ?? null,
      hosts,
      port: each.EngineFamily === 'MYSQL' ? 3306 : each.EngineFamily === 'SQLSERVER' ? 1433 : 5432,
      vpc_id: each.VpcId ?? null,
      subnet_ids: each.VpcSubnetIds ?? [],
      group_ids: each.VpcSecurityGroupIds ?? [],
      public: false,
      tls: each.RequireTLS ? 'required' : 'optional',
    });
  }
}

interface Parameter {
  readonly ParameterName?: string | undefined;
  readonly ParameterValue?: string | undefined;
}

function parameters(
  page: (marker: string | undefined) => Promise<{ items: Parameter[] | undefined; next: string | undefined }>,
): Promise<Parameter[]> {
  return allPages(page);
}

/** Whether the engine refuses what is not encrypted; null: its parameters may not be read. */
async function tlsOf(attempts: Attempts, action: string, read: () => Promise<Parameter[]>): Promise<Database['tls']> {
  const found = await attempts.call(action, read, null);
  if (found === null) return null;
  const isForced = found.some(
    ({ ParameterName = '', ParameterValue = '' }) =>
      /^(rds\.force_ssl|require_secure_transport)$/.test(ParameterName) && /^(1|on|true)$/i.test(ParameterValue),
  );
  return isForced ? 'required' : 'optional';
}
