import { type Attributes, type Draft, REGION, ref } from './stack.ts';

const ZONES = ['a', 'b'] as const;

/** Instances of something that stands once a zone, however they are written; `at` is the zone's number. */
export function perZone(
  draft: Draft,
  type: string,
  name: string,
  make: (at: string, zone: string) => Attributes,
): void {
  switch (draft.style.instances) {
    case 'plain':
      for (const [at, zone] of ZONES.entries()) draft.add(type, `${name}_${zone}`, make(String(at), zone));
      return;
    case 'count':
      draft.add(type, name, { count: ZONES.length, ...make('count.index', '') });
      return;
    case 'for_each':
      draft.add(type, name, { for_each: { a: 0, b: 1 }, ...make('each.value', '') });
  }
}

/** The expression of one of them: `aws_subnet.app[0].id`. */
export function one(draft: Draft, type: string, name: string, at: number | 'same', attribute = 'id'): string {
  const zone = ZONES[at === 'same' ? 0 : at] ?? 'a';
  switch (draft.style.instances) {
    case 'plain':
      return `${type}.${name}_${zone}.${attribute}`;
    case 'count':
      return `${type}.${name}[${at === 'same' ? 'count.index' : at}].${attribute}`;
    case 'for_each':
      return `${type}.${name}[${at === 'same' ? 'each.key' : `"${zone}"`}].${attribute}`;
  }
}

/** All of them as a list. */
export function every(draft: Draft, type: string, name: string, attribute = 'id'): unknown {
  const { instances, lists } = draft.style;
  const members = ZONES.map((_, at) => ref(one(draft, type, name, at, attribute)));
  if (lists === 'members' || instances === 'plain') return members;
  const all = instances === 'count' ? `${type}.${name}[*].${attribute}` : `values(${type}.${name})[*].${attribute}`;
  if (lists === 'element') return ZONES.map((_, at) => ref(`element(${all}, ${at})`));
  return ref(all);
}

/** What stands once a zone, one after the other where nothing else can be said. */
function zoneAt(draft: Draft, at: string): string {
  if (draft.is('one-zone')) return `${REGION}a`;
  if (draft.style.zones === 'data') {
    draft.data('aws_availability_zones', 'available', { state: 'available' });
    return ref(`data.aws_availability_zones.available.names[${at}]`);
  }
  return /^\d$/.test(at) ? `${REGION}${ZONES[Number(at)]}` : ref(`element(["${REGION}a", "${REGION}b"], ${at})`);
}

export function addNetwork(draft: Draft): void {
  const { style } = draft;
  const [prefix, tier, open] = style.names;
  draft.add('aws_vpc', prefix, {
    cidr_block: '10.40.0.0/16',
    enable_dns_hostnames: !draft.is('dns-hostnames-off'),
    ...(draft.is('dns-support-off') ? { enable_dns_support: false } : {}),
    ...(draft.is('ipv6') ? { assign_generated_ipv6_cidr_block: true } : {}),
    tags: { Name: prefix },
  });
  const vpc = ref(`aws_vpc.${prefix}.id`);
  perZone(draft, 'aws_subnet', tier, (at) => ({
    vpc_id: vpc,
    cidr_block: ref(`cidrsubnet(aws_vpc.${prefix}.cidr_block, ${draft.is('subnet-full') ? 12 : 8}, ${at})`),
    availability_zone: zoneAt(draft, at),
    ...(draft.is('ipv6') ? { ipv6_cidr_block: ref(`cidrsubnet(aws_vpc.${prefix}.ipv6_cidr_block, 8, ${at})`) } : {}),
  }));
  perZone(draft, 'aws_subnet', open, (at) => ({
    vpc_id: vpc,
    cidr_block: ref(`cidrsubnet(aws_vpc.${prefix}.cidr_block, 8, ${at} + 100)`),
    availability_zone: zoneAt(draft, at),
    map_public_ip_on_launch: true,
  }));
  draft.add(
    'aws_internet_gateway',
    'igw',
    style.gateway === 'vpc_id' && !draft.is('igw-detached') ? { vpc_id: vpc } : {},
  );
  if (style.gateway === 'attachment' && !draft.is('igw-detached'))
    draft.add('aws_internet_gateway_attachment', 'igw', {
      internet_gateway_id: ref('aws_internet_gateway.igw.id'),
      vpc_id: vpc,
    });
  addNat(draft, vpc);
  addTables(draft, vpc);
  addAcl(draft, vpc);
  addNames(draft, vpc);
}

function addNat(draft: Draft, vpc: string): void {
  const [, tier, open] = draft.style.names;
  const { nat } = draft.style;
  const subnets = draft.is('nat-in-private') ? tier : open;
  if (
    draft.is(
      'no-nat',
      'no-nat-no-endpoint',
      'no-gateway-endpoint',
      'private-dns-off',
      'no-private-link',
      'legacy-host',
      'other-region',
    )
  )
    return;
  if (nat === 'gateway' || nat === 'gateway-per-zone') {
    const isEach = nat === 'gateway-per-zone';
    const make = (subnet: string) => ({
      subnet_id: ref(subnet),
      ...(draft.is('nat-private-kind')
        ? { connectivity_type: 'private' }
        : { allocation_id: ref(isEach ? one(draft, 'aws_eip', 'nat', 'same') : 'aws_eip.nat.id') }),
    });
    if (isEach) {
      perZone(draft, 'aws_eip', 'nat', () => ({ domain: 'vpc' }));
      perZone(draft, 'aws_nat_gateway', 'nat', (at) => {
        const own = draft.style.instances === 'plain' ? Number(at) : 'same';
        const made = make(one(draft, 'aws_subnet', subnets, own));
        return 'allocation_id' in made ? { ...made, allocation_id: ref(one(draft, 'aws_eip', 'nat', own)) } : made;
      });
      return;
    }
    draft.add('aws_eip', 'nat', { domain: 'vpc' });
    draft.add('aws_nat_gateway', 'nat', make(one(draft, 'aws_subnet', subnets, 0)));
    return;
  }
  draft.add('aws_security_group', 'nat', {
    name: 'nat',
    vpc_id: vpc,
    ingress: [
      {
        from_port: draft.is('nat-group-closed') ? 22 : 0,
        to_port: draft.is('nat-group-closed') ? 22 : 65_535,
        protocol: 'tcp',
        cidr_blocks: ['10.40.0.0/16'],
      },
    ],
    egress: [{ from_port: 0, to_port: 0, protocol: '-1', cidr_blocks: ['0.0.0.0/0'] }],
  });
  const guest = draft.is('nat-guest')
    ? '#!/bin/sh\ndnf -y update\n'
    : '#!/bin/sh\necho net.ipv4.ip_forward=1 > /etc/sysctl.d/nat.conf && sysctl --system\nnft add table ip nat\nnft add chain ip nat post { type nat hook postrouting priority 100 \\; }\nnft add rule ip nat post masquerade\n';
  const check = draft.is('source-dest-check') ? {} : { source_dest_check: false };
  const instance = { ami: 'ami-0c1c30571d2dae5c9', instance_type: 't4g.micro', user_data: guest };
  const subnet_id = ref(one(draft, 'aws_subnet', subnets, 0));
  if (nat === 'instance') {
    draft.add('aws_instance', 'nat', {
      ...instance,
      ...check,
      subnet_id,
      vpc_security_group_ids: [ref('aws_security_group.nat.id')],
    });
    return;
  }
  draft.add('aws_network_interface', 'nat', {
    ...check,
    subnet_id,
    security_groups: [ref('aws_security_group.nat.id')],
  });
  draft.add('aws_instance', 'nat', {
    ...instance,
    network_interface: [{ device_index: 0, network_interface_id: ref('aws_network_interface.nat.id') }],
  });
  draft.add('aws_eip', 'nat', { domain: 'vpc', network_interface: ref('aws_network_interface.nat.id') });
}

/** Where the private tables lead to. */
function natRoute(draft: Draft, at: number | 'same'): Attributes | null {
  if (
    draft.is(
      'no-default-route',
      'no-nat',
      'no-nat-no-endpoint',
      'no-gateway-endpoint',
      'private-dns-off',
      'no-private-link',
      'legacy-host',
      'other-region',
    )
  )
    return null;
  if (draft.is('firewall')) {
    draft.add('aws_vpc_endpoint', 'inspection', {
      vpc_id: ref(`aws_vpc.${draft.style.names[0]}.id`),
      vpc_endpoint_type: 'GatewayLoadBalancer',
      service_name: `com.amazonaws.vpce.${REGION}.vpce-svc-0123456789abcdef0`,
      subnet_ids: [ref(one(draft, 'aws_subnet', draft.style.names[2], 0))],
    });
    return { vpc_endpoint_id: ref('aws_vpc_endpoint.inspection.id') };
  }
  switch (draft.style.nat) {
    case 'gateway':
      return { nat_gateway_id: ref(draft.is('blackhole') ? 'aws_nat_gateway.gone.id' : 'aws_nat_gateway.nat.id') };
    case 'gateway-per-zone':
      return {
        nat_gateway_id: ref(
          draft.is('blackhole') ? 'aws_nat_gateway.gone.id' : one(draft, 'aws_nat_gateway', 'nat', at),
        ),
      };
    case 'instance':
      return {
        network_interface_id: ref(
          `aws_instance.${draft.is('blackhole') ? 'gone' : 'nat'}.primary_network_interface_id`,
        ),
      };
    case 'interface':
      return { network_interface_id: ref(`aws_network_interface.${draft.is('blackhole') ? 'gone' : 'nat'}.id`) };
  }
}

function addTables(draft: Draft, vpc: string): void {
  const { style } = draft;
  const [prefix, tier, open] = style.names;
  const out = draft.is('no-igw-route') ? null : { gateway_id: ref('aws_internet_gateway.igw.id') };
  table(draft, 'aws_route_table', open, { vpc_id: vpc }, out);
  associate(draft, open, open, () => ref(`aws_route_table.${open}.id`));
  if (style.main === 'default-table') {
    table(
      draft,
      'aws_default_route_table',
      'main',
      { default_route_table_id: ref(`aws_vpc.${prefix}.default_route_table_id`) },
      natRoute(draft, 0),
    );
    return;
  }
  if (style.main === 'main-association') {
    table(draft, 'aws_route_table', tier, { vpc_id: vpc }, natRoute(draft, 0));
    draft.add('aws_main_route_table_association', tier, {
      vpc_id: vpc,
      route_table_id: ref(`aws_route_table.${tier}.id`),
    });
    return;
  }
  perZone(draft, 'aws_route_table', tier, () => ({ vpc_id: vpc }));
  const isPlain = style.instances === 'plain';
  const only = draft.is('one-table-without-route');
  if (only) {
    const target = natRoute(draft, 0);
    if (target)
      draft.add('aws_route', `${tier}_out`, {
        route_table_id: ref(one(draft, 'aws_route_table', tier, 0)),
        destination_cidr_block: '0.0.0.0/0',
        ...target,
      });
  } else if (natRoute(draft, 0) !== null)
    perZone(draft, 'aws_route', `${tier}_out`, (at) => ({
      route_table_id: ref(one(draft, 'aws_route_table', tier, isPlain ? Number(at) : 'same')),
      destination_cidr_block: '0.0.0.0/0',
      ...natRoute(draft, isPlain ? Number(at) : 'same'),
    }));
  associate(draft, tier, tier, (at) => ref(one(draft, 'aws_route_table', tier, at)));
}

function table(draft: Draft, type: string, name: string, attributes: Attributes, target: Attributes | null): void {
  const isBlock = draft.style.routes === 'block';
  draft.add(type, name, {
    ...attributes,
    ...(target !== null && isBlock ? { route: [{ cidr_block: '0.0.0.0/0', ...target }] } : {}),
  });
  if (target !== null && !isBlock)
    draft.add('aws_route', `${name}_out`, {
      route_table_id: ref(`${type}.${name}.id`),
      destination_cidr_block: '0.0.0.0/0',
      ...target,
    });
}

function associate(draft: Draft, name: string, subnets: string, tableOf: (at: number | 'same') => string): void {
  const isPlain = draft.style.instances === 'plain';
  perZone(draft, 'aws_route_table_association', name, (at) => ({
    subnet_id: ref(one(draft, 'aws_subnet', subnets, isPlain ? Number(at) : 'same')),
    route_table_id: tableOf(isPlain ? Number(at) : 'same'),
  }));
}

const PASS = { protocol: '-1', from_port: 0, to_port: 0, cidr_block: '0.0.0.0/0' };

/** Entries of the private subnets' ACL: everything, or what the fault leaves. */
function aclEntries(draft: Draft): readonly { egress: boolean; entry: Attributes }[] {
  const allow = (egress: boolean, number: number, parts: Attributes) => ({
    egress,
    entry: { number, action: 'allow', ...PASS, ...parts },
  });
  if (draft.is('acl-no-return'))
    return [allow(true, 100, {}), allow(false, 100, { protocol: 'tcp', from_port: 443, to_port: 443 })];
  if (draft.is('acl-deny-first'))
    return [
      {
        egress: false,
        entry: { number: 50, action: 'deny', ...PASS, protocol: '6', from_port: 1024, to_port: 65_535 },
      },
      allow(false, 100, {}),
      allow(true, 100, {}),
    ];
  if (draft.is('acl-only-private'))
    return [allow(true, 100, { cidr_block: '10.0.0.0/8' }), allow(false, 100, { cidr_block: '10.0.0.0/8' })];
  return [allow(true, 100, {}), allow(false, 100, {})];
}

function addAcl(draft: Draft, vpc: string): void {
  const [prefix, tier] = draft.style.names;
  const isBroken = draft.is('acl-no-return', 'acl-deny-first', 'acl-only-private');
  const form = draft.style.acl === 'none' && isBroken ? 'inline' : draft.style.acl;
  if (form === 'none') return;
  const entries = aclEntries(draft);
  const blocks = (egress: boolean) =>
    entries
      .filter((each) => each.egress === egress)
      .map(({ entry: { number, ...rest } }) => ({ rule_no: number, ...rest, ipv6_cidr_block: null, icmp_type: null }));
  if (form === 'rules') {
    draft.add('aws_network_acl', tier, { vpc_id: vpc, subnet_ids: every(draft, 'aws_subnet', tier) });
    for (const [at, { egress, entry }] of entries.entries()) {
      const { number, action, ...rest } = entry;
      draft.add('aws_network_acl_rule', `r${at}`, {
        network_acl_id: ref(`aws_network_acl.${tier}.id`),
        egress,
        rule_number: number,
        rule_action: action,
        ...rest,
      });
    }
    return;
  }
  const rules = { ingress: blocks(false), egress: blocks(true) };
  if (form === 'default')
    draft.add('aws_default_network_acl', 'default', {
      default_network_acl_id: ref(`aws_vpc.${prefix}.default_network_acl_id`),
      ...rules,
    });
  else draft.add('aws_network_acl', tier, { vpc_id: vpc, subnet_ids: every(draft, 'aws_subnet', tier), ...rules });
}

function addNames(draft: Draft, vpc: string): void {
  if (draft.is('dns-server-distant', 'dns-server-closed')) {
    draft.add('aws_vpc_dhcp_options', 'own', {
      domain_name_servers: draft.is('dns-server-closed') ? ['10.40.0.53'] : ['192.168.7.7'],
    });
    draft.add('aws_vpc_dhcp_options_association', 'own', {
      vpc_id: vpc,
      dhcp_options_id: ref('aws_vpc_dhcp_options.own.id'),
    });
  }
  if (draft.is('zone-shadows'))
    draft.add('aws_route53_zone', 'internal', { name: `${REGION}.amazonaws.com.`, vpc: [{ vpc_id: vpc }] });
  if (draft.is('resolver-rule')) {
    draft.add('aws_route53_resolver_rule', 'fwd', {
      domain_name: 'amazonaws.com',
      rule_type: 'FORWARD',
      resolver_endpoint_id: 'rslvr-out-0123456789abcdef0',
      target_ip: [{ ip: '10.200.0.10' }],
    });
    draft.add('aws_route53_resolver_rule_association', 'fwd', {
      resolver_rule_id: ref('aws_route53_resolver_rule.fwd.id'),
      vpc_id: vpc,
    });
  }
}
