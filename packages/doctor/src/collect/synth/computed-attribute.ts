import { readPolicy } from '../../policy/policy-document.ts';
import { arrayOf, objectOf } from './functions.ts';
import type { Resource } from './resource.ts';
import { hasUnknown, isUnknown, UnknownValue } from './unknown-value.ts';

export interface Place {
  readonly region: string | null;
}

/** Stands for the account's number until it is known. */
const ACCOUNT = '000000000000';

/** Attributes that carry the resource's own name, by type. */
const NAMES: Readonly<Record<string, string>> = {
  aws_s3_bucket: 'bucket',
  aws_lambda_function: 'function_name',
  aws_elasticache_cluster: 'cluster_id',
  aws_elasticache_replication_group: 'replication_group_id',
  aws_db_instance: 'identifier',
  aws_rds_cluster: 'cluster_identifier',
  aws_kinesis_firehose_delivery_stream: 'name',
};

/** Types whose `id` is their name, and those whose `id` is their ARN. */
const ID_IS_NAME = new Set([
  ...['aws_s3_bucket', 'aws_dynamodb_table', 'aws_iam_role', 'aws_iam_instance_profile', 'aws_lambda_function'],
  ...['aws_cloudwatch_log_group', 'aws_db_subnet_group', 'aws_elasticache_subnet_group', 'aws_ssm_parameter'],
]);
const ID_IS_ARN = new Set([
  ...[
    'aws_sns_topic',
    'aws_secretsmanager_secret',
    'aws_iam_policy',
    'aws_lambda_layer_version',
    'aws_sfn_state_machine',
  ],
  ...['aws_msk_cluster', 'aws_mskconnect_connector', 'aws_secretsmanager_secret_version'],
]);

const ARNS: Readonly<Record<string, (name: string, region: string) => string>> = {
  aws_s3_bucket: (name) => `arn:aws:s3:::${name}`,
  aws_sqs_queue: (name, region) => `arn:aws:sqs:${region}:${ACCOUNT}:${name}`,
  aws_sns_topic: (name, region) => `arn:aws:sns:${region}:${ACCOUNT}:${name}`,
  aws_dynamodb_table: (name, region) => `arn:aws:dynamodb:${region}:${ACCOUNT}:table/${name}`,
  aws_secretsmanager_secret: (name, region) => `arn:aws:secretsmanager:${region}:${ACCOUNT}:secret:${name}-AbCdEf`,
  aws_iam_role: (name) => `arn:aws:iam::${ACCOUNT}:role/${name}`,
  aws_iam_policy: (name) => `arn:aws:iam::${ACCOUNT}:policy/${name}`,
  aws_lambda_function: (name, region) => `arn:aws:lambda:${region}:${ACCOUNT}:function:${name}`,
  aws_lambda_alias: (name, region) => `arn:aws:lambda:${region}:${ACCOUNT}:function:${name}`,
  aws_efs_access_point: (name, region) => `arn:aws:elasticfilesystem:${region}:${ACCOUNT}:access-point/${name}`,
  aws_efs_file_system: (name, region) => `arn:aws:elasticfilesystem:${region}:${ACCOUNT}:file-system/${name}`,
  aws_ssm_parameter: (name, region) => `arn:aws:ssm:${region}:${ACCOUNT}:parameter/${name.replace(/^\//, '')}`,
  aws_kms_key: (name, region) => `arn:aws:kms:${region}:${ACCOUNT}:key/${name}`,
  aws_kinesis_stream: (name, region) => `arn:aws:kinesis:${region}:${ACCOUNT}:stream/${name}`,
  aws_sfn_state_machine: (name, region) => `arn:aws:states:${region}:${ACCOUNT}:stateMachine:${name}`,
  aws_cloudwatch_event_bus: (name, region) => `arn:aws:events:${region}:${ACCOUNT}:event-bus/${name}`,
  aws_cloudwatch_log_group: (name, region) => `arn:aws:logs:${region}:${ACCOUNT}:log-group:${name}`,
};

/** What AWS calls a database's hosts. */
const HOSTS: Readonly<Record<string, readonly string[]>> = {
  aws_db_instance: ['address', 'endpoint'],
  aws_rds_cluster: ['endpoint', 'reader_endpoint'],
  aws_rds_cluster_instance: ['endpoint'],
  aws_rds_cluster_endpoint: ['endpoint'],
  aws_db_proxy: ['endpoint'],
  aws_docdb_cluster: ['endpoint', 'reader_endpoint'],
  aws_neptune_cluster: ['endpoint', 'reader_endpoint'],
  aws_elasticache_cluster: ['configuration_endpoint', 'cluster_address', 'cache_nodes'],
  aws_elasticache_replication_group: [
    'primary_endpoint_address',
    'reader_endpoint_address',
    'configuration_endpoint_address',
  ],
  aws_elasticache_serverless_cache: ['endpoint'],
  aws_memorydb_cluster: ['cluster_endpoint'],
  aws_redshift_cluster: ['endpoint', 'dns_name'],
  aws_opensearch_domain: ['endpoint'],
  aws_elasticsearch_domain: ['endpoint'],
  aws_msk_cluster: ['bootstrap_brokers', 'bootstrap_brokers_tls', 'bootstrap_brokers_sasl_iam'],
};

/** What the provider would compute, as far as it can be foretold; else what it refers to. */
export function computedAttribute(resource: Resource, name: string, place: Place): unknown {
  const { type, address } = resource;
  const region = resource.region ?? place.region ?? 'REGION';
  if (resource.mode === 'data') return dataAttribute(resource, name, place);
  if (name === 'id') {
    if (type === 'aws_sqs_queue') return queueUrl(resource, region);
    if (ID_IS_ARN.has(type)) return computedAttribute(resource, 'arn', place);
    return ID_IS_NAME.has(type) ? nameOf(resource) : address;
  }
  if (name === 'arn' || name === 'invoke_arn' || name === 'qualified_arn') {
    if (type === 'aws_lambda_alias')
      return `${text(resource.attribute('function_name')) ?? address}:${nameOf(resource)}`;
    return ARNS[type]?.(nameOf(resource), region) ?? `arn:aws:${type.split('_')[1]}:${region}:${ACCOUNT}:${address}`;
  }
  if (type === 'aws_sqs_queue' && name === 'url') return queueUrl(resource, region);
  if (name === 'stream_arn') return `${String(computedAttribute(resource, 'arn', place))}/stream/LATEST`;
  if (type === 'aws_s3_bucket') {
    if (name === 'bucket_domain_name') return `${nameOf(resource)}.s3.amazonaws.com`;
    if (name === 'bucket_regional_domain_name') return `${nameOf(resource)}.s3.${region}.amazonaws.com`;
    if (name === 'region') return resource.region ?? place.region;
  }
  if (name === NAMES[type] || name === 'name' || name === 'function_name') return nameOf(resource);
  if (type === 'aws_vpc') {
    if (name === 'main_route_table_id' || name === 'default_route_table_id') return `${address}.main_route_table`;
    if (name === 'default_network_acl_id') return `${address}.default_acl`;
    if (name === 'default_security_group_id') return `${address}.default_group`;
  }
  if (type === 'aws_vpc_endpoint') {
    if (name === 'prefix_list_id') return `${address}.prefix_list`;
    if (name === 'dns_entry') return [{ dns_name: endpointHost(resource), hosted_zone_id: '' }];
  }
  if (type === 'aws_instance' && name === 'primary_network_interface_id') return `${address}.primary_interface`;
  if (type === 'aws_api_gateway_rest_api' || type === 'aws_apigatewayv2_api') {
    const host = `${slug(address)}.execute-api.${region}.amazonaws.com`;
    if (name === 'api_endpoint') return `https://${host}`;
  }
  if ((type === 'aws_api_gateway_stage' || type === 'aws_api_gateway_deployment') && name === 'invoke_url') {
    const api = text(resource.attribute('rest_api_id'));
    return api === null
      ? new UnknownValue([`${address}.${name}`])
      : `https://${slug(api)}.execute-api.${region}.amazonaws.com/`;
  }
  if (HOSTS[type]?.includes(name)) return databaseAttribute(resource, name, region);
  if (name === 'port') return defaultPort(resource) ?? new UnknownValue([`${address}.port`]);
  return new UnknownValue([`${address}.${name}`]);
}

function dataAttribute(resource: Resource, name: string, place: Place): unknown {
  const { type, address } = resource;
  const region = place.region;
  if (type === 'aws_region' && ['name', 'id', 'region'].includes(name)) return region ?? new UnknownValue([address]);
  if (type === 'aws_caller_identity' && (name === 'account_id' || name === 'id')) return ACCOUNT;
  if (type === 'aws_partition') return name === 'dns_suffix' ? 'amazonaws.com' : 'aws';
  if (type === 'aws_availability_zones' && name === 'names' && region)
    return ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => `${region}${letter}`);
  if (type === 'aws_availability_zones' && name === 'zone_ids' && region)
    return [1, 2, 3, 4, 5, 6].map((number) => `${region}-zone-${number}`);
  if (type === 'aws_iam_policy_document' && name === 'json') return policyDocument(resource);
  if (type === 'aws_vpc_endpoint_service' && name === 'service_name')
    return `com.amazonaws.${region ?? 'REGION'}.${text(resource.attribute('service')) ?? ''}`;
  if ((type === 'aws_prefix_list' || type === 'aws_ec2_managed_prefix_list') && name === 'id')
    return `pl:${text(resource.attribute('name')) ?? address}`;
  if (name === 'id') {
    const given = ['vpc_id', 'subnet_id', 'security_group_id', 'route_table_id']
      .filter((attribute) => type === `aws_${attribute.replace(/_id$/, '')}` && resource.declares(attribute))
      .map((attribute) => text(resource.attribute(attribute)))[0];
    return resource.declares('id') ? resource.attribute('id') : (given ?? address);
  }
  return new UnknownValue([`${address}.${name}`]);
}

/** `aws_iam_policy_document`'s JSON, made of its statements as the provider makes it. */
function policyDocument(resource: Resource): unknown {
  const raw = resource.attribute('statement');
  if (isUnknown(raw)) return raw;
  const sources = [resource.attribute('source_policy_documents'), resource.attribute('override_policy_documents')]
    .flatMap(arrayOf)
    .map((source) => (typeof source === 'string' ? readPolicy(source) : null));
  const statements = arrayOf(Array.isArray(raw) ? raw : raw === null ? [] : [raw]).map((each) => {
    const block = objectOf(each);
    const resources = arrayOf(block.resources).map((one) => (isUnknown(one) ? (one.references[0] ?? '*') : one));
    return {
      Effect: text(block.effect) ?? 'Allow',
      ...(block.actions ? { Action: texts(block.actions) } : {}),
      ...(block.not_actions ? { NotAction: texts(block.not_actions) } : {}),
      ...(block.resources
        ? { Resource: texts(isUnknown(block.resources) ? block.resources.references : resources) }
        : {}),
      ...(block.not_resources ? { NotResource: texts(block.not_resources) } : {}),
      ...(block.principals ? { Principal: principalsOf(block.principals) } : {}),
      ...(block.condition ? { Condition: conditionsOf(block.condition) } : {}),
    };
  });
  if (sources.length > 0 && hasUnknown(sources)) return UnknownValue.of(resource.attribute('source_policy_documents'));
  const included = sources.flatMap((source) => (source ?? []).map(asStatement));
  return JSON.stringify({ Version: '2012-10-17', Statement: [...included, ...statements] });
}

function asStatement(statement: NonNullable<ReturnType<typeof readPolicy>>[number]): unknown {
  const { effect, actions, not_actions, resources, not_resources, principals } = statement;
  return {
    Effect: effect,
    ...(actions.length > 0 ? { Action: actions } : {}),
    ...(not_actions.length > 0 ? { NotAction: not_actions } : {}),
    ...(resources.length > 0 ? { Resource: resources } : {}),
    ...(not_resources.length > 0 ? { NotResource: not_resources } : {}),
    ...(principals.length > 0 ? { Principal: { AWS: principals } } : {}),
    ...(statement.conditions.length > 0
      ? {
          Condition: Object.fromEntries(
            statement.conditions.map((each) => [each.operator, { [each.key]: each.values }]),
          ),
        }
      : {}),
  };
}

function principalsOf(value: unknown): Record<string, string[]> {
  return Object.fromEntries(
    arrayOf(Array.isArray(value) ? value : [value]).map((each) => {
      const block = objectOf(each);
      const type = text(block.type) ?? 'AWS';
      return [type === '*' ? 'AWS' : type, texts(block.identifiers)];
    }),
  );
}

function conditionsOf(value: unknown): Record<string, Record<string, string[]>> {
  const made: Record<string, Record<string, string[]>> = {};
  for (const each of arrayOf(Array.isArray(value) ? value : [value])) {
    const block = objectOf(each);
    const test = text(block.test) ?? 'StringEquals';
    made[test] = { ...made[test], [text(block.variable) ?? '']: texts(block.values) };
  }
  return made;
}

function texts(value: unknown): string[] {
  return arrayOf(value).map((each) => text(each) ?? (isUnknown(each) ? `\${${each.references[0] ?? 'unknown'}}` : '*'));
}

/** Its name as the configuration says, or one made of its address. */
export function nameOf(resource: Resource): string {
  const attribute = NAMES[resource.type] ?? 'name';
  const name = resource.declares(attribute) ? text(resource.attribute(attribute)) : null;
  return name ?? slug(resource.address);
}

function slug(address: string): string {
  return address.replace(/[^A-Za-z0-9-]+/g, '-').replace(/^-+|-+$/g, '');
}

export function text(value: unknown): string | null {
  return typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : null;
}

function queueUrl(resource: Resource, region: string): string {
  return `https://sqs.${region}.amazonaws.com/${ACCOUNT}/${nameOf(resource)}`;
}

export function endpointHost(resource: Resource): string {
  const service = text(resource.attribute('service_name')) ?? '';
  const [, , region = 'REGION', ...name] = service.split('.');
  return `vpce-${slug(resource.address).toLowerCase()}.${name.toReversed().join('.')}.${region}.vpce.amazonaws.com`;
}

const DATABASE_DOMAINS: readonly (readonly [RegExp, string])[] = [
  [/elasticache/, 'cache.amazonaws.com'],
  [/memorydb/, 'memorydb.REGION.amazonaws.com'],
  [/redshift/, 'REGION.redshift.amazonaws.com'],
  [/opensearch|elasticsearch/, 'REGION.es.amazonaws.com'],
  [/docdb/, 'REGION.docdb.amazonaws.com'],
  [/neptune/, 'REGION.neptune.amazonaws.com'],
  [/msk/, 'kafka.REGION.amazonaws.com'],
  [/proxy/, 'proxy.REGION.rds.amazonaws.com'],
  [/./, 'REGION.rds.amazonaws.com'],
];

/** A host that stands for the database's, the same wherever the stack names it. */
export function databaseHost(resource: Resource, region: string): string {
  const domain = DATABASE_DOMAINS.find(([pattern]) => pattern.test(resource.type))?.[1] ?? 'REGION.rds.amazonaws.com';
  return `${slug(resource.address).toLowerCase()}.${domain.replace('REGION', region)}`;
}

function databaseAttribute(resource: Resource, name: string, region: string): unknown {
  const host = databaseHost(resource, region);
  const port = text(resource.attribute('port')) ?? defaultPort(resource) ?? '';
  if (resource.type === 'aws_db_instance' && name === 'endpoint') return `${host}:${port}`;
  if (resource.type === 'aws_redshift_cluster' && name === 'endpoint') return `${host}:${port}`;
  if (resource.type === 'aws_msk_cluster')
    return `${host}:${name === 'bootstrap_brokers' ? 9092 : name.endsWith('iam') ? 9098 : 9094}`;
  if (name === 'cache_nodes' || name === 'cluster_endpoint' || resource.type === 'aws_elasticache_serverless_cache')
    return [{ address: host, port: Number(port) }];
  return host;
}

const PORTS: readonly (readonly [RegExp, number])[] = [
  [/postgres/, 5432],
  [/mysql|mariadb|aurora$/, 3306],
  [/oracle/, 1521],
  [/sqlserver/, 1433],
  [/memcached/, 11211],
  [/redis|valkey/, 6379],
  [/docdb/, 27017],
  [/neptune/, 8182],
];

/** AWS's default for the engine. */
export function defaultPort(resource: Resource): number | null {
  const { type } = resource;
  if (type === 'aws_redshift_cluster') return 5439;
  if (/opensearch|elasticsearch/.test(type)) return 443;
  if (type === 'aws_memorydb_cluster') return 6379;
  if (type === 'aws_docdb_cluster') return 27017;
  if (type === 'aws_neptune_cluster') return 8182;
  if (type === 'aws_msk_cluster') return 9094;
  const engine = text(resource.attribute(type === 'aws_db_proxy' ? 'engine_family' : 'engine'))?.toLowerCase();
  if (!engine) return type.startsWith('aws_elasticache') ? 6379 : null;
  return PORTS.find(([pattern]) => pattern.test(engine))?.[1] ?? null;
}
