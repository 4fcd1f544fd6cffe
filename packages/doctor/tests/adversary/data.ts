import { group } from './endpoints.ts';
import { every, one, perZone } from './network.ts';
import { type Draft, REGION, ref } from './stack.ts';

/** Queues, buckets, secrets, a database, a cache and files. */
export function addData(draft: Draft): void {
  const [prefix, tier] = draft.style.names;
  draft.add('aws_sqs_queue', 'dead', { name: 'jobs-dead' });
  draft.add('aws_sqs_queue', 'jobs', {
    name: 'jobs',
    visibility_timeout_seconds: draft.is('visibility') ? 30 : 360,
    ...(draft.is('no-dead-letters')
      ? {}
      : { redrive_policy: ref('jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead.arn, maxReceiveCount = 5 })') }),
  });
  draft.add('aws_sqs_queue', 'out', { name: 'out' });
  draft.add('aws_s3_bucket', 'files', { bucket: 'acme-files' });
  if (draft.is('other-region')) draft.add('aws_s3_bucket', 'far', { provider: 'aws.us', bucket: 'acme-far' });
  draft.add('aws_dynamodb_table', 'ledger', {
    name: 'ledger',
    billing_mode: 'PAY_PER_REQUEST',
    hash_key: 'id',
    attribute: [{ name: 'id', type: 'S' }],
  });
  draft.add('aws_secretsmanager_secret', 'key', { name: 'acme/key' });
  if (draft.is('secret-policy'))
    draft.add('aws_secretsmanager_secret_policy', 'key', {
      secret_arn: ref('aws_secretsmanager_secret.key.arn'),
      policy: JSON.stringify({
        Statement: [
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 'secretsmanager:GetSecretValue',
            Resource: '*',
            Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-0ffffffffffffffff' } },
          },
        ],
      }),
    });
  addDatabase(draft, prefix, tier);
  addFiles(draft, tier);
}

function addDatabase(draft: Draft, prefix: string, tier: string): void {
  group(draft, 'pg', [
    {
      direction: 'ingress',
      protocol: 'tcp',
      from: draft.is('database-group') ? 3306 : 5432,
      to: draft.is('database-group') ? 3306 : 5432,
      group: 'code',
    },
  ]);
  const elsewhere = draft.is('other-vpc', 'peering-no-return');
  let subnet_ids = every(draft, 'aws_subnet', tier);
  let groups = [ref('aws_security_group.pg.id')];
  if (elsewhere) {
    draft.add('aws_vpc', 'legacy', { cidr_block: '10.60.0.0/16' });
    for (const [at, zone] of ['a', 'b'].entries())
      draft.add('aws_subnet', `legacy_${zone}`, {
        vpc_id: ref('aws_vpc.legacy.id'),
        cidr_block: `10.60.${at}.0/24`,
        availability_zone: `${REGION}${zone}`,
      });
    draft.add('aws_security_group', 'legacy', {
      name: 'legacy',
      vpc_id: ref('aws_vpc.legacy.id'),
      ingress: [{ from_port: 5432, to_port: 5432, protocol: 'tcp', cidr_blocks: ['10.40.0.0/16'] }],
    });
    subnet_ids = [ref('aws_subnet.legacy_a.id'), ref('aws_subnet.legacy_b.id')];
    groups = [ref('aws_security_group.legacy.id')];
  }
  if (draft.is('peering-no-return')) {
    draft.add('aws_vpc_peering_connection', 'legacy', {
      vpc_id: ref(`aws_vpc.${prefix}.id`),
      peer_vpc_id: ref('aws_vpc.legacy.id'),
      auto_accept: true,
    });
    const tables =
      draft.style.main === 'default-table'
        ? ['aws_default_route_table.main.id']
        : draft.style.main === 'main-association'
          ? [`aws_route_table.${tier}.id`]
          : [0, 1].map((at) => one(draft, 'aws_route_table', tier, at));
    for (const [at, table] of tables.entries())
      draft.add('aws_route', `legacy_${at}`, {
        route_table_id: ref(table),
        destination_cidr_block: ref('aws_vpc.legacy.cidr_block'),
        vpc_peering_connection_id: ref('aws_vpc_peering_connection.legacy.id'),
      });
  }
  draft.add('aws_db_subnet_group', 'pg', { name: 'pg', subnet_ids });
  draft.add('aws_db_instance', 'pg', {
    identifier: 'pg',
    engine: 'postgres',
    instance_class: 'db.t4g.micro',
    username: 'u',
    password: 'not-a-secret',
    allocated_storage: 20,
    skip_final_snapshot: true,
    db_subnet_group_name: ref('aws_db_subnet_group.pg.name'),
    vpc_security_group_ids: groups,
    ...(draft.is('clear-text') ? { parameter_group_name: ref('aws_db_parameter_group.tls.name') } : {}),
  });
  if (draft.is('clear-text'))
    draft.add('aws_db_parameter_group', 'tls', {
      name: 'tls',
      family: 'postgres16',
      parameter: [{ name: 'rds.force_ssl', value: '1' }],
    });
}

function addFiles(draft: Draft, tier: string): void {
  group(draft, 'nfs', [
    {
      direction: 'ingress',
      protocol: 'tcp',
      from: draft.is('files-group') ? 111 : 2049,
      to: draft.is('files-group') ? 111 : 2049,
      group: 'code',
    },
  ]);
  draft.add('aws_efs_file_system', 'share', {});
  draft.add('aws_efs_access_point', 'share', { file_system_id: ref('aws_efs_file_system.share.id') });
  const mount = (subnet: string) => ({
    file_system_id: ref('aws_efs_file_system.share.id'),
    subnet_id: ref(subnet),
    security_groups: [ref('aws_security_group.nfs.id')],
  });
  if (draft.is('no-mount-target')) draft.add('aws_efs_mount_target', 'share', mount(one(draft, 'aws_subnet', tier, 0)));
  else
    perZone(draft, 'aws_efs_mount_target', 'share', (at) =>
      mount(one(draft, 'aws_subnet', tier, draft.style.instances === 'plain' ? Number(at) : 'same')),
    );
}
