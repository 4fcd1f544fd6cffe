import type { Random } from '@slipstream/testing';
import { Config } from './config.ts';

export interface Shape {
  readonly nat: 'gateway' | 'gateways' | 'instance' | 'interface' | 'none';
  readonly zones: number;
  readonly rules: 'inline' | 'separate' | 'old';
  readonly sources: 'group' | 'cidr';
  readonly routes: 'inline' | 'separate';
  readonly tables: 'own' | 'shared' | 'main';
  readonly acl: 'default' | 'own' | 'own-separate';
  readonly database: boolean;
  readonly cache: boolean;
  readonly files: boolean;
  readonly endpoints: boolean;
}

export function foreignShape(random: Random): Shape {
  return {
    nat: random.pick(['gateway', 'gateways', 'instance', 'interface', 'none'] as const),
    zones: random.pick([2, 3]),
    rules: random.pick(['inline', 'separate', 'old'] as const),
    sources: random.pick(['group', 'cidr'] as const),
    routes: random.pick(['inline', 'separate'] as const),
    tables: random.pick(['own', 'shared', 'main'] as const),
    acl: random.pick(['default', 'own', 'own-separate'] as const),
    database: random.chance(0.6),
    cache: random.chance(0.4),
    files: random.chance(0.4),
    endpoints: random.chance(0.5),
  };
}

const REGION = 'eu-west-1';
const id = (reference: string) => `\${${reference}.id}`;

/** A healthy stack that this project did not make: other names, and every way to write the same network. */
export function foreignStack(shape: Shape): Config {
  const config = new Config({ provider: { aws: [{ region: REGION }] }, terraform: {}, resource: {} });
  const zones = ['a', 'b', 'c'].slice(0, shape.zones);
  config.add('aws_vpc', 'core', { cidr_block: '172.20.0.0/16', enable_dns_hostnames: true });
  config.add('aws_internet_gateway', 'edge', { vpc_id: id('aws_vpc.core') });
  zones.forEach((zone, at) => {
    config.add('aws_subnet', `dmz_${zone}`, {
      vpc_id: id('aws_vpc.core'),
      cidr_block: `172.20.${at}.0/24`,
      availability_zone: `${REGION}${zone}`,
    });
    config.add('aws_subnet', `work_${zone}`, {
      vpc_id: id('aws_vpc.core'),
      cidr_block: `172.20.${at + 100}.0/24`,
      availability_zone: `${REGION}${zone}`,
    });
  });
  addRoutes(config, shape, zones);
  addAcl(config, shape, zones);
  addGroups(config, shape);
  addEndpoints(config, shape, zones);
  addData(config, shape, zones);
  addFunctions(config, shape, zones);
  return config;
}

function addRoutes(config: Config, shape: Shape, zones: readonly string[]): void {
  table(config, shape, 'dmz', '0.0.0.0/0', { gateway_id: id('aws_internet_gateway.edge') });
  for (const zone of zones) associate(config, `dmz_${zone}`, 'aws_route_table.dmz');
  const names = shape.tables === 'own' ? zones.map((zone) => `work_${zone}`) : ['work'];
  for (const [at, name] of names.entries()) {
    const target = natTarget(config, shape, at, zones);
    if (shape.tables === 'main') {
      config.add('aws_default_route_table', name, {
        default_route_table_id: '${aws_vpc.core.default_route_table_id}',
        route: target === null ? [] : [{ cidr_block: '0.0.0.0/0', ...target }],
      });
      continue;
    }
    table(config, shape, name, '0.0.0.0/0', target);
    for (const zone of shape.tables === 'own' ? [zones[at] ?? ''] : zones)
      associate(config, `work_${zone}`, `aws_route_table.${name}`);
  }
}

function table(config: Config, shape: Shape, name: string, cidr: string, target: Record<string, unknown> | null): void {
  const inline = shape.routes === 'inline' && target !== null;
  config.add('aws_route_table', name, {
    vpc_id: id('aws_vpc.core'),
    ...(inline ? { route: [{ cidr_block: cidr, ...target }] } : {}),
  });
  if (!inline && target !== null)
    config.add('aws_route', `${name}_out`, {
      route_table_id: id(`aws_route_table.${name}`),
      destination_cidr_block: cidr,
      ...target,
    });
}

function associate(config: Config, subnet: string, table_: string): void {
  config.add('aws_route_table_association', subnet, {
    subnet_id: id(`aws_subnet.${subnet}`),
    route_table_id: id(table_),
  });
}

function natTarget(config: Config, shape: Shape, at: number, zones: readonly string[]): Record<string, unknown> | null {
  const zone = shape.nat === 'gateways' && shape.tables === 'own' ? (zones[at] ?? 'a') : 'a';
  switch (shape.nat) {
    case 'none':
      return null;
    case 'gateway':
    case 'gateways':
      config.add('aws_eip', `out_${zone}`, { domain: 'vpc' });
      config.add('aws_nat_gateway', `out_${zone}`, {
        allocation_id: id(`aws_eip.out_${zone}`),
        subnet_id: id(`aws_subnet.dmz_${zone}`),
      });
      return { nat_gateway_id: id(`aws_nat_gateway.out_${zone}`) };
    case 'instance':
    case 'interface': {
      natGroup(config, shape, zones);
      const user_data =
        '#!/bin/bash\nsysctl -w net.ipv4.ip_forward=1\niptables -t nat -A POSTROUTING -o ens5 -j MASQUERADE\n';
      if (shape.nat === 'interface') {
        config.add('aws_network_interface', 'out', {
          subnet_id: id('aws_subnet.dmz_a'),
          security_groups: [id('aws_security_group.out')],
          source_dest_check: false,
        });
        config.add('aws_instance', 'out', {
          ami: 'ami-0123456789abcdef0',
          instance_type: 't4g.nano',
          user_data,
          network_interface: [{ network_interface_id: id('aws_network_interface.out'), device_index: 0 }],
        });
        config.add('aws_eip', 'out', { network_interface: id('aws_network_interface.out'), domain: 'vpc' });
        return { network_interface_id: id('aws_network_interface.out') };
      }
      config.add('aws_instance', 'out', {
        ami: 'ami-0123456789abcdef0',
        instance_type: 't3.micro',
        user_data,
        subnet_id: id('aws_subnet.dmz_a'),
        vpc_security_group_ids: [id('aws_security_group.out')],
        source_dest_check: false,
        associate_public_ip_address: true,
      });
      return { network_interface_id: '${aws_instance.out.primary_network_interface_id}' };
    }
  }
}

function natGroup(config: Config, shape: Shape, zones: readonly string[]): void {
  if (config.all('aws_security_group').some(([name]) => name === 'out')) return;
  group(config, shape, 'out', [
    { direction: 'ingress', protocol: '-1', from: 0, to: 0, cidrs: zones.map((_, at) => `172.20.${at + 100}.0/24`) },
    { direction: 'egress', protocol: '-1', from: 0, to: 0, cidrs: ['0.0.0.0/0'] },
  ]);
}

interface RuleParts {
  readonly direction: 'ingress' | 'egress';
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  readonly cidrs?: readonly string[];
  readonly group?: string;
}

function group(config: Config, shape: Shape, name: string, rules: readonly RuleParts[]): void {
  const inline = (direction: string) =>
    rules
      .filter((rule) => rule.direction === direction)
      .map((rule) => ({
        from_port: rule.from,
        to_port: rule.to,
        protocol: rule.protocol,
        ...(rule.cidrs ? { cidr_blocks: rule.cidrs } : {}),
        ...(rule.group ? { security_groups: [id(rule.group)] } : {}),
      }));
  config.add('aws_security_group', name, {
    name: `acme-${name}`,
    vpc_id: id('aws_vpc.core'),
    ...(shape.rules === 'inline' ? { ingress: inline('ingress'), egress: inline('egress') } : {}),
  });
  if (shape.rules === 'inline') return;
  rules.forEach((rule, at) => {
    if (shape.rules === 'old') {
      config.add('aws_security_group_rule', `${name}_${at}`, {
        type: rule.direction,
        security_group_id: id(`aws_security_group.${name}`),
        from_port: rule.from,
        to_port: rule.to,
        protocol: rule.protocol,
        ...(rule.cidrs ? { cidr_blocks: rule.cidrs } : {}),
        ...(rule.group ? { source_security_group_id: id(rule.group) } : {}),
      });
      return;
    }
    for (const [n, cidr] of (rule.cidrs ?? [null]).entries())
      config.add(`aws_vpc_security_group_${rule.direction}_rule`, `${name}_${at}_${n}`, {
        security_group_id: id(`aws_security_group.${name}`),
        ip_protocol: rule.protocol,
        ...(rule.protocol === '-1' ? {} : { from_port: rule.from, to_port: rule.to }),
        ...(cidr === null ? { referenced_security_group_id: id(rule.group ?? '') } : { cidr_ipv4: cidr }),
      });
  });
}

function addGroups(config: Config, shape: Shape): void {
  const fromCode = shape.sources === 'group' ? { group: 'aws_security_group.code' } : { cidrs: ['172.20.0.0/16'] };
  group(config, shape, 'code', [
    { direction: 'egress', protocol: 'tcp', from: 443, to: 443, cidrs: ['0.0.0.0/0'] },
    { direction: 'egress', protocol: 'tcp', from: 5432, to: 6379, cidrs: ['172.20.0.0/16'] },
    { direction: 'egress', protocol: 'tcp', from: 2049, to: 2049, cidrs: ['172.20.0.0/16'] },
  ]);
  group(config, shape, 'doors', [{ direction: 'ingress', protocol: 'tcp', from: 443, to: 443, ...fromCode }]);
  if (shape.database)
    group(config, shape, 'sql', [{ direction: 'ingress', protocol: 'tcp', from: 5432, to: 5432, ...fromCode }]);
  if (shape.cache)
    group(config, shape, 'cache', [{ direction: 'ingress', protocol: 'tcp', from: 6379, to: 6379, ...fromCode }]);
  if (shape.files)
    group(config, shape, 'nfs', [{ direction: 'ingress', protocol: 'tcp', from: 2049, to: 2049, ...fromCode }]);
}

function addAcl(config: Config, shape: Shape, zones: readonly string[]): void {
  if (shape.acl === 'default') return;
  const entries = [
    [true, 100, 'tcp', 443, 443, '0.0.0.0/0'],
    [true, 110, 'tcp', 1024, 65_535, '172.20.0.0/16'],
    [true, 120, 'tcp', 0, 65_535, '172.20.0.0/16'],
    [false, 100, 'tcp', 1024, 65_535, '0.0.0.0/0'],
    [false, 110, '-1', 0, 0, '172.20.0.0/16'],
  ] as const;
  const inline = (egress: boolean) =>
    entries
      .filter(([out]) => out === egress)
      .map(([, rule_no, protocol, from_port, to_port, cidr_block]) => ({
        rule_no,
        action: 'allow',
        protocol,
        from_port,
        to_port,
        cidr_block,
      }));
  config.add('aws_network_acl', 'work', {
    vpc_id: id('aws_vpc.core'),
    ...(shape.acl === 'own'
      ? { subnet_ids: zones.map((zone) => id(`aws_subnet.work_${zone}`)), ingress: inline(false), egress: inline(true) }
      : {}),
  });
  if (shape.acl === 'own') return;
  for (const zone of zones)
    config.add('aws_network_acl_association', `work_${zone}`, {
      network_acl_id: id('aws_network_acl.work'),
      subnet_id: id(`aws_subnet.work_${zone}`),
    });
  entries.forEach(([egress, rule_number, protocol, from_port, to_port, cidr_block], at) => {
    config.add('aws_network_acl_rule', `work_${at}`, {
      network_acl_id: id('aws_network_acl.work'),
      egress,
      rule_number,
      protocol,
      rule_action: 'allow',
      from_port,
      to_port,
      cidr_block,
    });
  });
}

function addEndpoints(config: Config, shape: Shape, zones: readonly string[]): void {
  const tables =
    shape.tables === 'main'
      ? ['aws_default_route_table.work']
      : shape.tables === 'own'
        ? zones.map((zone) => `aws_route_table.work_${zone}`)
        : ['aws_route_table.work'];
  for (const service of ['s3', 'dynamodb'])
    config.add('aws_vpc_endpoint', service, {
      vpc_id: id('aws_vpc.core'),
      service_name: `com.amazonaws.${REGION}.${service}`,
      route_table_ids: tables.map(id),
    });
  if (shape.nat !== 'none' && !shape.endpoints) return;
  for (const service of ['sqs', 'secretsmanager', 'sts'])
    config.add('aws_vpc_endpoint', service, {
      vpc_id: id('aws_vpc.core'),
      service_name: `com.amazonaws.${REGION}.${service}`,
      vpc_endpoint_type: 'Interface',
      private_dns_enabled: true,
      subnet_ids: zones.map((zone) => id(`aws_subnet.work_${zone}`)),
      security_group_ids: [id('aws_security_group.doors')],
    });
}

function addData(config: Config, shape: Shape, zones: readonly string[]): void {
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

function addFunctions(config: Config, shape: Shape, zones: readonly string[]): void {
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
