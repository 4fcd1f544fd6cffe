import type { Config } from './config.ts';
import { group } from './foreign-groups.ts';
import { id, REGION, type Shape } from './foreign-shape.ts';

export function addRoutes(config: Config, shape: Shape, zones: readonly string[]): void {
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

export function addAcl(config: Config, shape: Shape, zones: readonly string[]): void {
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

export function addEndpoints(config: Config, shape: Shape, zones: readonly string[]): void {
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
