import { describe, expect, test } from 'vitest';
import { dev } from '../src/environments/dev.ts';
import { statementsOf, synthesised } from './support/synthesised.ts';

describe('the network', () => {
  const stack = synthesised();

  test('names resolve inside the VPC', () => {
    expect(stack.one('aws_vpc')).toMatchObject({
      cidr_block: '10.0.0.0/16',
      enable_dns_support: true,
      enable_dns_hostnames: true,
    });
  });

  test('private and public subnets stand in two zones each, chosen by id', () => {
    for (const kind of ['private', 'public']) {
      const zones = stack
        .all('aws_subnet')
        .filter(([id]) => id.startsWith(`network_${kind}`))
        .map(([, subnet]) => subnet.availability_zone_id);
      expect(new Set(zones).size).toBe(2);
    }
    expect(stack.all('aws_subnet').every(([, subnet]) => subnet.map_public_ip_on_launch === false)).toBe(true);
  });

  test('the public table leads to the internet gateway, each private one to the floating interface', () => {
    const routes = stack.all('aws_route').map(([, route]) => route);
    expect(routes.filter((route) => route.gateway_id !== undefined)).toHaveLength(1);
    const toNat = routes.filter(
      (route) => route.network_interface_id === `\${${stack.idOf('aws_network_interface')}.id}`,
    );
    expect(new Set(toNat.map((route) => route.route_table_id)).size).toBe(2);
    expect(routes.every((route) => route.destination_cidr_block === '0.0.0.0/0')).toBe(true);
  });

  test('every subnet has a route table of its own kind', () => {
    expect(stack.all('aws_route_table_association')).toHaveLength(4);
  });

  test('network ACLs stay the default', () => {
    for (const type of [
      'aws_network_acl',
      'aws_network_acl_rule',
      'aws_default_network_acl',
      'aws_network_acl_association',
    ]) {
      expect(stack.has(type)).toBe(false);
    }
  });

  test('the default security group lets nothing pass', () => {
    const group = stack.one('aws_default_security_group');
    expect(group).not.toHaveProperty('ingress');
    expect(group).not.toHaveProperty('egress');
  });

  test('gateway endpoints hang on every route table', () => {
    const tables = stack
      .all('aws_route_table')
      .map(([id]) => `\${aws_route_table.${id}.id}`)
      .toSorted();
    for (const service of ['s3', 'dynamodb']) {
      const endpoint = stack.one('aws_vpc_endpoint', `endpoints_${service}`);
      expect(endpoint).toMatchObject({
        vpc_endpoint_type: 'Gateway',
        service_name: `com.amazonaws.us-east-1.${service}`,
      });
      expect([endpoint.route_table_ids].flat().map(String).toSorted()).toEqual(tables);
    }
  });

  test('their policies name our buckets and table, and what the NAT image reads', () => {
    const s3 = statementsOf(stack.one('aws_vpc_endpoint', 'endpoints_s3').policy).flatMap(
      (statement) => statement.Resource,
    );
    expect(s3).toContain('arn:aws:s3:::al2023-repos-us-east-1-de612dc2/*');
    expect(s3.filter((arn) => arn.startsWith('${aws_s3_bucket.'))).toHaveLength(4);
    expect(s3).not.toContain('*');
    const table = statementsOf(stack.one('aws_vpc_endpoint', 'endpoints_dynamodb').policy);
    expect(
      table.flatMap((statement) => statement.Resource).every((arn) => arn.startsWith('${aws_dynamodb_table.')),
    ).toBe(true);
  });

  test('without a NAT instance its repositories are not in the policy', () => {
    const policy = String(synthesised({ nat: { kind: 'gateway' } }).one('aws_vpc_endpoint', 'endpoints_s3').policy);
    expect(policy).not.toContain('al2023-repos');
  });

  test.each([
    { sqs: true, secretsmanager: true, logs: true },
    { sqs: true, secretsmanager: false, logs: false },
    { sqs: false, secretsmanager: false, logs: false },
  ])('interface endpoints %o: in every private zone, with private DNS', (endpoints) => {
    const made = synthesised({ endpoints });
    const interfaces = made
      .all('aws_vpc_endpoint')
      .filter(([, endpoint]) => endpoint.vpc_endpoint_type === 'Interface');
    expect(interfaces).toHaveLength(Object.values(endpoints).filter(Boolean).length);
    for (const [, endpoint] of interfaces) {
      expect(endpoint.private_dns_enabled).toBe(true);
      expect(endpoint.subnet_ids).toHaveLength(2);
    }
  });

  test('the endpoint group lets the functions in on 443, and has the egress of the seeds', () => {
    const functions = `\${${stack.idOf('aws_security_group', 'functions-group')}.id}`;
    const https = { from_port: 443, to_port: 443, ip_protocol: 'tcp', referenced_security_group_id: functions };
    expect(stack.one('aws_vpc_security_group_ingress_rule', 'endpoints_')).toMatchObject(https);
    expect(stack.one('aws_vpc_security_group_egress_rule', 'endpoints_')).toMatchObject(https);
  });

  test('the functions call out on 443 only, and nothing calls them', () => {
    const group = `\${${stack.idOf('aws_security_group', 'functions-group')}.id}`;
    const out = stack.all('aws_vpc_security_group_egress_rule').filter(([, rule]) => rule.security_group_id === group);
    expect(out.map(([, rule]) => [rule.from_port, rule.to_port, rule.cidr_ipv4])).toEqual([[443, 443, '0.0.0.0/0']]);
    expect(stack.all('aws_vpc_security_group_ingress_rule').some(([, rule]) => rule.security_group_id === group)).toBe(
      false,
    );
  });

  test('with EFS they reach its group on 2049, and nobody else does', () => {
    const withFiles = synthesised({ efs: true });
    const files = `\${${withFiles.idOf('aws_security_group', 'shared-files')}.id}`;
    const functions = `\${${withFiles.idOf('aws_security_group', 'functions-group')}.id}`;
    const rules = [
      ...withFiles.all('aws_vpc_security_group_egress_rule'),
      ...withFiles.all('aws_vpc_security_group_ingress_rule'),
    ].filter(([, rule]) => rule.from_port === 2049);
    expect(rules.map(([, rule]) => [rule.security_group_id, rule.referenced_security_group_id, rule.to_port])).toEqual([
      [functions, files, 2049],
      [files, functions, 2049],
    ]);
    expect(withFiles.all('aws_efs_mount_target')).toHaveLength(2);
    expect(withFiles.one('aws_efs_file_system')).toMatchObject({ encrypted: true, throughput_mode: 'elastic' });
  });

  test('in an existing network only what is missing is added, and nothing of it is made', () => {
    const existing = synthesised({
      network: {
        kind: 'existing',
        vpc_id: 'vpc-0123456789abcdef0',
        subnet_ids: ['subnet-0a', 'subnet-0b'],
        route_table_ids: ['rtb-0a', 'rtb-0b'],
        endpoints_present: ['s3', 'sqs'],
      },
      nat: { kind: 'none' },
    });
    expect(existing.all('aws_vpc_endpoint').map(([, endpoint]) => endpoint.service_name)).toEqual([
      'com.amazonaws.us-east-1.dynamodb',
    ]);
    expect(existing.one('aws_vpc_endpoint')).toMatchObject({
      vpc_id: 'vpc-0123456789abcdef0',
      route_table_ids: ['rtb-0a', 'rtb-0b'],
    });
    for (const type of ['aws_vpc', 'aws_subnet', 'aws_route_table', 'aws_internet_gateway', 'aws_route'])
      expect(existing.has(type)).toBe(false);
  });

  test('a gateway takes the default routes where it is chosen', () => {
    const gateway = synthesised({ nat: { kind: 'gateway' } });
    expect(gateway.all('aws_route').filter(([, route]) => route.nat_gateway_id !== undefined)).toHaveLength(2);
    expect(gateway.has('aws_autoscaling_group')).toBe(false);
  });

  test('a NAT of either kind is in a zone of the functions, since traffic between zones is charged', () => {
    const { network } = dev;
    if (network.kind !== 'new') throw new Error('dev makes its own network.');
    const public_subnets = [
      { cidr: '10.0.0.0/24', zone_id: 'use1-az4' },
      { cidr: '10.0.1.0/24', zone_id: 'use1-az2' },
    ];
    const placed = (nat: typeof dev.nat) => synthesised({ network: { ...network, public_subnets }, nat });
    const gateway = placed({ kind: 'gateway' });
    expect(gateway.one('aws_nat_gateway').subnet_id).toBe(`\${${gateway.idOf('aws_subnet', 'network_public-1')}.id}`);
    const instance = placed(dev.nat);
    expect(instance.one('aws_network_interface').subnet_id).toBe(
      `\${${instance.idOf('aws_subnet', 'network_public-1')}.id}`,
    );
  });

  test('without a NAT nothing in private subnets has a default route', () => {
    const none = synthesised({ nat: { kind: 'none' }, endpoints: { ...dev.endpoints, secretsmanager: true } });
    expect(none.all('aws_route')).toHaveLength(1);
  });
});
