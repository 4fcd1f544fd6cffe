import type { Snapshot, Statement } from '../../snapshot/snapshot.ts';
import { nameOf, text } from './computed-attribute.ts';
import { objectOf } from './functions.ts';
import { readDatabases } from './read-databases.ts';
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
    const written = separate
      ? separate.attribute('redrive_policy')
      : resource.declares('redrive_policy')
        ? resource.attribute('redrive_policy')
        : null;
    const redrive = jsonOf(written);
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
      dead_letter_arn: text(redrive.deadLetterTargetArn) ?? referred ?? onlyReference(written),
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

/** A plan of HCL gives the one thing that the policy refers to in the policy's place. */
function onlyReference(written: unknown): string | null {
  return typeof written === 'string' && written.startsWith('arn:') ? written : null;
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
      region: resource.region ?? reader.stack.region,
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
