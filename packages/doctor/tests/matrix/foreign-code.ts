import type { Config } from './config.ts';
import { id, type Shape } from './foreign-shape.ts';

export function addData(config: Config, shape: Shape, zones: readonly string[]): void {
  const subnet_ids = zones.map((zone) => id(`aws_subnet.work_${zone}`));
  config.add('aws_sqs_queue', 'orders', {
    name: 'orders',
    visibility_timeout_seconds: 400,
    redrive_policy: JSON.stringify({ deadLetterTargetArn: '${aws_sqs_queue.orders_dead.arn}', maxReceiveCount: 5 }),
  });
  config.add('aws_sqs_queue', 'orders_dead', { name: 'orders-dead' });
  config.add('aws_sqs_queue', 'mails', { name: 'mails' });
  config.add('aws_s3_bucket', 'docs', { bucket: 'acme-docs' });
  config.add('aws_dynamodb_table', 'ledger', { name: 'ledger', hash_key: 'id' });
  config.add('aws_secretsmanager_secret', 'key', { name: 'acme/key' });
  if (shape.database) {
    config.add('aws_db_subnet_group', 'sql', { name: 'sql', subnet_ids });
    config.add('aws_db_instance', 'sql', {
      engine: 'postgres',
      instance_class: 'db.t4g.micro',
      db_subnet_group_name: '${aws_db_subnet_group.sql.name}',
      vpc_security_group_ids: [id('aws_security_group.sql')],
    });
  }
  if (shape.cache) {
    config.add('aws_elasticache_subnet_group', 'cache', { name: 'cache', subnet_ids });
    config.add('aws_elasticache_replication_group', 'cache', {
      replication_group_id: 'cache',
      engine: 'redis',
      transit_encryption_enabled: true,
      subnet_group_name: '${aws_elasticache_subnet_group.cache.name}',
      security_group_ids: [id('aws_security_group.cache')],
    });
  }
  if (!shape.files) return;
  config.add('aws_efs_file_system', 'share', {});
  config.add('aws_efs_access_point', 'share', { file_system_id: id('aws_efs_file_system.share') });
  for (const zone of zones)
    config.add('aws_efs_mount_target', zone, {
      file_system_id: id('aws_efs_file_system.share'),
      subnet_id: id(`aws_subnet.work_${zone}`),
      security_groups: [id('aws_security_group.nfs')],
    });
}

const ALLOW = (actions: string[], resource: string | string[]) => ({
  Effect: 'Allow',
  Action: actions,
  Resource: resource,
});

export function addFunctions(config: Config, shape: Shape, zones: readonly string[]): void {
  const vpc_config = {
    subnet_ids: zones.map((zone) => id(`aws_subnet.work_${zone}`)),
    security_group_ids: [id('aws_security_group.code')],
  };
  const roleOf = (name: string, statements: unknown[]) => {
    config.add('aws_iam_role', name, { name: `acme-${name}`, assume_role_policy: '{}' });
    config.add('aws_iam_role_policy_attachment', name, {
      role: `\${aws_iam_role.${name}.name}`,
      policy_arn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole',
    });
    config.add('aws_iam_role_policy', name, {
      role: id(`aws_iam_role.${name}`),
      policy: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
    });
  };
  roleOf('worker', [
    ALLOW(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], '${aws_sqs_queue.orders.arn}'),
    ALLOW(['sqs:SendMessage'], '${aws_sqs_queue.mails.arn}'),
    ALLOW(['s3:GetObject', 's3:PutObject'], '${aws_s3_bucket.docs.arn}/*'),
    ALLOW(['dynamodb:GetItem', 'dynamodb:PutItem'], '${aws_dynamodb_table.ledger.arn}'),
    ALLOW(['secretsmanager:GetSecretValue'], '${aws_secretsmanager_secret.key.arn}'),
    ALLOW(['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'], '*'),
  ]);
  config.add('aws_lambda_function', 'worker', {
    function_name: 'acme-worker',
    runtime: 'nodejs22.x',
    timeout: 60,
    memory_size: 512,
    role: '${aws_iam_role.worker.arn}',
    vpc_config,
    environment: {
      variables: {
        MAIL_QUEUE: '${aws_sqs_queue.mails.url}',
        DOCS: '${aws_s3_bucket.docs.bucket}',
        LEDGER: '${aws_dynamodb_table.ledger.name}',
        KEY_ARN: '${aws_secretsmanager_secret.key.arn}',
        ...(shape.nat === 'none' ? {} : { PAY_URL: 'https://api.payments.example.com/v1' }),
        ...(shape.database ? { DB_HOST: '${aws_db_instance.sql.address}', DB_PORT: '5432' } : {}),
        ...(shape.cache
          ? { REDIS_URL: 'rediss://${aws_elasticache_replication_group.cache.primary_endpoint_address}:6379' }
          : {}),
      },
    },
    ...(shape.files
      ? { file_system_config: { arn: '${aws_efs_access_point.share.arn}', local_mount_path: '/mnt/share' } }
      : {}),
  });
  config.add('aws_lambda_event_source_mapping', 'orders', {
    event_source_arn: '${aws_sqs_queue.orders.arn}',
    function_name: '${aws_lambda_function.worker.arn}',
    batch_size: 10,
  });
  roleOf('edge', [ALLOW(['dynamodb:Query'], '${aws_dynamodb_table.ledger.arn}')]);
  config.add('aws_lambda_function', 'edge', {
    function_name: 'acme-edge',
    runtime: 'python3.12',
    timeout: 10,
    memory_size: 256,
    role: '${aws_iam_role.edge.arn}',
    environment: { variables: { LEDGER: '${aws_dynamodb_table.ledger.name}' } },
  });
}
