import type { Snapshot, Statement } from '../../snapshot/snapshot.ts';
import { databaseHost, defaultPort, nameOf, text } from './computed-attribute.ts';
import { objectOf } from './functions.ts';
import type { Resource } from './resource.ts';
import { numberOf, type StackReader, textsOf } from './stack-reader.ts';
import { isUnknown } from './unknown-value.ts';

/** Queues, buckets, secrets, tables, databases and file systems. */
export function readData(reader: StackReader, snapshot: Snapshot): void {
  readQueues(reader, snapshot);
  readBuckets(reader, snapshot);
  readSecrets(reader, snapshot);
  readNamed(reader, snapshot);
  readDatabases(reader, snapshot);
  readFileSystems(reader, snapshot);
}

function readQueues(reader: StackReader, snapshot: Snapshot): void {
  for (const resource of reader.all('aws_sqs_queue')) {
    const separate = ofQueue(reader, 'aws_sqs_queue_redrive_policy', resource);
    const redrive = jsonOf(
      separate
        ? separate.attribute('redrive_policy')
        : resource.declares('redrive_policy')
          ? resource.attribute('redrive_policy')
          : null,
    );
    const policy = ofQueue(reader, 'aws_sqs_queue_policy', resource);
    const unknownRedrive = resource.declares('redrive_policy') && isUnknown(resource.attribute('redrive_policy'));
    const referred = unknownRedrive ? deadLetterReference(reader, resource) : null;
    snapshot.queues.push({
      id: resource.address,
      arn: text(resource.attribute('arn')) ?? resource.address,
      name: nameOf(resource),
      visibility_s: resource.declares('visibility_timeout_seconds')
        ? reader.number(resource, 'visibility_timeout_seconds')
        : 30,
      retention_s: resource.declares('message_retention_seconds')
        ? reader.number(resource, 'message_retention_seconds')
        : 345_600,
      dead_letter_arn: text(redrive.deadLetterTargetArn) ?? referred,
      max_receives: numberOf(redrive.maxReceiveCount),
      policy: policy
        ? reader.policy(policy.attribute('policy'))
        : resource.declares('policy')
          ? reader.policy(resource.attribute('policy'))
          : [],
      ready: null,
      in_flight: null,
      oldest_age_s: null,
    });
  }
}

function deadLetterReference(reader: StackReader, resource: Resource): string {
  const value = resource.attribute('redrive_policy');
  const [id] = isUnknown(value) ? reader.referred(value, 'aws_sqs_queue') : [];
  const queue = id === undefined ? null : reader.at(id);
  return (queue && text(queue.attribute('arn'))) ?? 'unknown';
}

function ofQueue(reader: StackReader, type: string, queue: Resource): Resource | undefined {
  return reader.all(type).find((each) => {
    const url = each.attribute('queue_url');
    return reader.id(url, 'aws_sqs_queue') === queue.address || text(url) === text(queue.attribute('url'));
  });
}

function jsonOf(value: unknown): Record<string, unknown> {
  if (typeof value !== 'string') return objectOf(isUnknown(value) ? {} : value);
  try {
    return objectOf(JSON.parse(value));
  } catch {
    return {};
  }
}

function readBuckets(reader: StackReader, snapshot: Snapshot): void {
  for (const resource of reader.all('aws_s3_bucket')) {
    const name = nameOf(resource);
    const isMine = (each: Resource) =>
      reader.id(each.attribute('bucket'), 'aws_s3_bucket') === resource.address ||
      text(each.attribute('bucket')) === name;
    const policy = reader.all('aws_s3_bucket_policy').find(isMine);
    const rules = reader
      .all('aws_s3_bucket_lifecycle_configuration')
      .filter(isMine)
      .flatMap((each) => reader.blocks(each, 'rule'));
    snapshot.buckets.push({
      id: resource.address,
      name,
      region: reader.stack.region,
      policy: policy
        ? reader.policy(policy.attribute('policy'))
        : resource.declares('policy')
          ? reader.policy(resource.attribute('policy'))
          : [],
      expirations: rules.flatMap((rule) => {
        const days = numberOf(objectOf([rule.expiration].flat()[0]).days);
        const filter = objectOf([rule.filter].flat()[0]);
        const prefix = text(filter.prefix) ?? text(objectOf([filter.and].flat()[0]).prefix) ?? text(rule.prefix) ?? '';
        return days === null || days === 0 || text(rule.status) === 'Disabled' ? [] : [{ prefix, days }];
      }),
    });
  }
}

function readSecrets(reader: StackReader, snapshot: Snapshot): void {
  for (const resource of reader.all('aws_secretsmanager_secret')) {
    const policy = reader
      .all('aws_secretsmanager_secret_policy')
      .find((each) => reader.id(each.attribute('secret_arn'), 'aws_secretsmanager_secret') === resource.address);
    let statements: Statement[] | null = [];
    if (policy) statements = reader.policy(policy.attribute('policy'));
    else if (resource.declares('policy')) statements = reader.policy(resource.attribute('policy'));
    snapshot.secrets.push({
      id: resource.address,
      arn: text(resource.attribute('arn')) ?? resource.address,
      name: nameOf(resource),
      policy: statements,
    });
  }
}

const NAMED: Readonly<Record<string, string>> = {
  aws_dynamodb_table: 'dynamodb',
  aws_sns_topic: 'sns',
  aws_kinesis_stream: 'kinesis',
  aws_ssm_parameter: 'ssm',
  aws_kms_key: 'kms',
  aws_sfn_state_machine: 'states',
  aws_cloudwatch_event_bus: 'events',
  aws_kinesis_firehose_delivery_stream: 'firehose',
};

function readNamed(reader: StackReader, snapshot: Snapshot): void {
  for (const [type, kind] of Object.entries(NAMED))
    for (const resource of reader.all(type))
      snapshot.resources.push({
        id: resource.address,
        kind,
        arn: text(resource.attribute('arn')) ?? resource.address,
        name: nameOf(resource),
      });
  for (const resource of reader.all('aws_api_gateway_rest_api')) {
    const types = reader.blocks(resource, 'endpoint_configuration').flatMap((block) => textsOf(block.types));
    snapshot.apis.push({ id: resource.address, private: types.includes('PRIVATE'), host: apiHost(resource, reader) });
  }
  for (const resource of reader.all('aws_apigatewayv2_api'))
    snapshot.apis.push({ id: resource.address, private: false, host: apiHost(resource, reader) });
}

function apiHost(resource: Resource, reader: StackReader): string | null {
  const endpoint = resource.attribute('api_endpoint');
  if (typeof endpoint === 'string') return /^https:\/\/([^/]+)/.exec(endpoint)?.[1] ?? null;
  return `${text(resource.attribute('id')) ?? ''}.execute-api.${reader.stack.region}.amazonaws.com`;
}

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

function readDatabases(reader: StackReader, snapshot: Snapshot): void {
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

function readFileSystems(reader: StackReader, snapshot: Snapshot): void {
  for (const resource of reader.all('aws_efs_file_system')) {
    const policy = reader
      .all('aws_efs_file_system_policy')
      .find((each) => reader.id(each.attribute('file_system_id'), 'aws_efs_file_system') === resource.address);
    snapshot.file_systems.push({
      id: resource.address,
      policy: policy ? reader.policy(policy.attribute('policy')) : [],
    });
  }
  for (const resource of reader.all('aws_efs_access_point'))
    snapshot.access_points.push({
      id: resource.address,
      file_system_id: reader.id(resource.attribute('file_system_id'), 'aws_efs_file_system'),
    });
  for (const resource of reader.all('aws_efs_mount_target')) {
    const subnet = reader.id(resource.attribute('subnet_id'), 'aws_subnet', 'aws_default_subnet');
    const vpc = snapshot.subnets.find(({ id }) => id === subnet)?.vpc_id;
    const groups = resource.declares('security_groups')
      ? reader.ids(resource.attribute('security_groups'), 'aws_security_group', 'aws_default_security_group')
      : [];
    snapshot.mount_targets.push({
      id: resource.address,
      file_system_id: reader.id(resource.attribute('file_system_id'), 'aws_efs_file_system'),
      subnet_id: subnet,
      group_ids: groups?.length === 0 && vpc ? [`${vpc}.default_group`] : groups,
      state: 'available',
    });
  }
}
