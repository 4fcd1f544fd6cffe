import type { Snapshot } from '../../snapshot/snapshot.ts';
import { databaseHost, defaultPort, nameOf, text } from './computed-attribute.ts';
import type { Resource } from './resource.ts';
import type { StackReader } from './stack-reader.ts';

type DatabaseKind = Snapshot['databases'][number]['kind'];
const DATABASES: readonly (readonly [
  type: string,
  kind: DatabaseKind,
  groups: string,
  subnetGroup: string,
  groupType: string,
])[] = [
  ['aws_db_instance', 'rds', 'vpc_security_group_ids', 'db_subnet_group_name', 'aws_db_subnet_group'],
  ['aws_rds_cluster', 'rds', 'vpc_security_group_ids', 'db_subnet_group_name', 'aws_db_subnet_group'],
  ['aws_db_proxy', 'rds', 'vpc_security_group_ids', '', ''],
  ['aws_docdb_cluster', 'docdb', 'vpc_security_group_ids', 'db_subnet_group_name', 'aws_docdb_subnet_group'],
  ['aws_neptune_cluster', 'rds', 'vpc_security_group_ids', 'neptune_subnet_group_name', 'aws_neptune_subnet_group'],
  ['aws_elasticache_cluster', 'elasticache', 'security_group_ids', 'subnet_group_name', 'aws_elasticache_subnet_group'],
  [
    'aws_elasticache_replication_group',
    'elasticache',
    'security_group_ids',
    'subnet_group_name',
    'aws_elasticache_subnet_group',
  ],
  ['aws_elasticache_serverless_cache', 'elasticache', 'security_group_ids', '', ''],
  ['aws_memorydb_cluster', 'memorydb', 'security_group_ids', 'subnet_group_name', 'aws_memorydb_subnet_group'],
  [
    'aws_redshift_cluster',
    'redshift',
    'vpc_security_group_ids',
    'cluster_subnet_group_name',
    'aws_redshift_subnet_group',
  ],
  ['aws_opensearch_domain', 'opensearch', '', '', ''],
  ['aws_elasticsearch_domain', 'opensearch', '', '', ''],
  ['aws_msk_cluster', 'kafka', '', '', ''],
];

/** Databases and caches: hosts, port, subnets, groups, and whether they demand TLS. */
export function readDatabases(reader: StackReader, snapshot: Snapshot): void {
  for (const [type, kind, groups, subnetGroup, groupType] of DATABASES)
    for (const resource of reader.all(type)) {
      const inside = reader.blocks(resource, type === 'aws_msk_cluster' ? 'broker_node_group_info' : 'vpc_options')[0];
      if (kind === 'opensearch' && !inside) continue;
      const subnets = inside
        ? (reader.ids(inside.subnet_ids ?? inside.client_subnets, 'aws_subnet') ?? [])
        : subnetsOf(reader, resource, subnetGroup, groupType);
      const given = inside
        ? (inside.security_group_ids ?? inside.security_groups)
        : resource.declares(groups)
          ? resource.attribute(groups)
          : null;
      const ids = reader.ids(given, 'aws_security_group', 'aws_default_security_group');
      const vpc = snapshot.subnets.find(({ id }) => subnets.includes(id))?.vpc_id ?? groupVpc(snapshot, ids);
      snapshot.databases.push({
        id: resource.address,
        kind,
        engine: reader.text(resource, 'engine'),
        hosts: hostsOf(reader, resource),
        port: (resource.declares('port') ? reader.number(resource, 'port') : null) ?? defaultPort(resource),
        vpc_id: vpc ?? null,
        subnet_ids: subnets,
        group_ids: ids?.length === 0 && vpc ? [`${vpc}.default_group`] : ids,
        public: reader.flag(resource, 'publicly_accessible', false),
        tls: tlsOf(reader, resource),
      });
    }
}

function groupVpc(snapshot: Snapshot, groups: readonly string[] | null): string | null {
  return snapshot.security_groups.find(({ id }) => groups?.includes(id))?.vpc_id ?? null;
}

function subnetsOf(reader: StackReader, resource: Resource, attribute: string, groupType: string): string[] {
  for (const name of ['subnet_ids', 'vpc_subnet_ids'])
    if (resource.declares(name)) return reader.ids(resource.attribute(name), 'aws_subnet', 'aws_default_subnet') ?? [];
  if (attribute === '' || !resource.declares(attribute)) return [];
  const value = resource.attribute(attribute);
  const id = reader.id(value, groupType);
  const group = reader.all(groupType).find((each) => each.address === id || nameOf(each) === text(value));
  return group ? (reader.ids(group.attribute('subnet_ids'), 'aws_subnet', 'aws_default_subnet') ?? []) : [];
}

/** Both what the configuration computes and, once applied, what AWS has given. */
function hostsOf(reader: StackReader, resource: Resource): string[] {
  const attributes = [
    'address',
    'endpoint',
    'reader_endpoint',
    'primary_endpoint_address',
    'reader_endpoint_address',
    'configuration_endpoint_address',
    'cluster_address',
    'configuration_endpoint',
    'dns_name',
  ];
  const known = attributes.flatMap((name) => {
    const value = resource.attribute(name);
    return typeof value === 'string' ? [value.replace(/:\d+$/, '')] : [];
  });
  return [
    ...new Set([
      databaseHost(resource, reader.stack.region ?? 'REGION'),
      ...known.filter((host) => host.includes('.')),
    ]),
  ];
}

function tlsOf(reader: StackReader, resource: Resource): 'required' | 'optional' | 'none' | null {
  const { type } = resource;
  if (type === 'aws_elasticache_serverless_cache') return 'required';
  if (type === 'aws_memorydb_cluster')
    return reader.flag(resource, 'tls_enabled', true) === false ? 'none' : 'required';
  if (type === 'aws_elasticache_replication_group' || type === 'aws_elasticache_cluster') {
    if (reader.flag(resource, 'transit_encryption_enabled', false) !== true) return 'none';
    return reader.text(resource, 'transit_encryption_mode') === 'preferred' ? 'optional' : 'required';
  }
  if (type === 'aws_docdb_cluster') return 'required';
  const attribute = type === 'aws_rds_cluster' ? 'db_cluster_parameter_group_name' : 'parameter_group_name';
  const groupType = type === 'aws_rds_cluster' ? 'aws_rds_cluster_parameter_group' : 'aws_db_parameter_group';
  const named = resource.declares(attribute) ? resource.attribute(attribute) : null;
  const group = reader
    .all(groupType)
    .find((each) => each.address === reader.id(named, groupType) || nameOf(each) === text(named));
  const forced =
    group &&
    reader
      .blocks(group, 'parameter')
      .some(
        (block) =>
          /^(rds\.force_ssl|require_secure_transport)$/.test(text(block.name) ?? '') &&
          /^(1|on|true)$/i.test(text(block.value) ?? ''),
      );
  if (type === 'aws_db_proxy' && reader.flag(resource, 'require_tls', false) === true) return 'required';
  return forced ? 'required' : 'optional';
}
