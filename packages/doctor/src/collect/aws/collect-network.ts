import type { Route as Ec2Route, Filter, IpPermission } from '@aws-sdk/client-ec2';
import { readPolicy } from '../../policy/policy-document.ts';
import type { GroupRule, Route, Snapshot, TargetKind } from '../../snapshot/snapshot.ts';
import type { Attempts } from './attempts.ts';
import { allPages, type Clients } from './clients.ts';

/** Everything of the given VPCs and of those that are peered with them. */
export async function collectNetwork(
  clients: Clients,
  attempts: Attempts,
  vpcIds: readonly string[],
  snapshot: Snapshot,
): Promise<void> {
  const { ec2 } = clients;
  const peerings = await attempts.call(
    'ec2:DescribeVpcPeeringConnections',
    () =>
      allPages(async (NextToken) => {
        const page = await ec2.describeVpcPeeringConnections(NextToken ? { NextToken } : {});
        return { items: page.VpcPeeringConnections, next: page.NextToken };
      }),
    [],
  );
  const ids = new Set(vpcIds);
  for (const each of peerings) {
    const [a, b] = [each.RequesterVpcInfo?.VpcId ?? null, each.AccepterVpcInfo?.VpcId ?? null];
    if (!vpcIds.includes(a ?? '') && !vpcIds.includes(b ?? '')) continue;
    const state = each.Status?.Code ?? 'unknown';
    if (/deleted|rejected|expired/.test(state) && !vpcIds.includes(a ?? '')) continue;
    snapshot.peerings.push({ id: each.VpcPeeringConnectionId ?? '', requester_vpc_id: a, accepter_vpc_id: b, state });
    for (const id of [a, b]) if (id !== null) ids.add(id);
  }
  const filter: Filter[] = [{ Name: 'vpc-id', Values: [...ids] }];
  await collectVpcs(clients, attempts, [...ids], snapshot);
  await collectSubnetsAndRoutes(clients, attempts, filter, snapshot);
  await collectGateways(clients, attempts, filter, snapshot);
  await collectInterfaces(clients, attempts, filter, snapshot);
  await collectGroupsAndAcls(clients, attempts, filter, snapshot);
  await collectEndpoints(clients, attempts, filter, snapshot);
  await collectTransit(clients, attempts, filter, snapshot);
}

async function collectVpcs(
  { ec2 }: Clients,
  attempts: Attempts,
  ids: readonly string[],
  snapshot: Snapshot,
): Promise<void> {
  const vpcs = await attempts.call(
    'ec2:DescribeVpcs',
    async () => (await ec2.describeVpcs({ Filters: [{ Name: 'vpc-id', Values: [...ids] }] })).Vpcs ?? [],
    [],
  );
  for (const vpc of vpcs) {
    const id = vpc.VpcId ?? '';
    const support = await attempts.call(
      'ec2:DescribeVpcAttribute',
      async () =>
        (await ec2.describeVpcAttribute({ VpcId: id, Attribute: 'enableDnsSupport' })).EnableDnsSupport?.Value ?? null,
      null,
    );
    const names = await attempts.call(
      'ec2:DescribeVpcAttribute',
      async () =>
        (await ec2.describeVpcAttribute({ VpcId: id, Attribute: 'enableDnsHostnames' })).EnableDnsHostnames?.Value ??
        null,
      null,
    );
    snapshot.vpcs.push({
      id,
      cidrs: [
        ...new Set([vpc.CidrBlock, ...(vpc.CidrBlockAssociationSet ?? []).map(({ CidrBlock }) => CidrBlock)]),
      ].flatMap((cidr) => cidr ?? []),
      ipv6_cidrs: (vpc.Ipv6CidrBlockAssociationSet ?? []).flatMap(({ Ipv6CidrBlock }) => Ipv6CidrBlock ?? []),
      dns_support: support,
      dns_hostnames: names,
      dhcp_options_id: vpc.DhcpOptionsId ?? null,
      main_route_table_id: null,
      default_acl_id: null,
      default_group_id: null,
    });
  }
  const options = await attempts.call(
    'ec2:DescribeDhcpOptions',
    async () => (await ec2.describeDhcpOptions({})).DhcpOptions ?? [],
    [],
  );
  for (const each of options) {
    const valuesOf = (key: string) =>
      (each.DhcpConfigurations ?? [])
        .filter(({ Key }) => Key === key)
        .flatMap(({ Values }) => (Values ?? []).flatMap(({ Value }) => Value ?? []));
    snapshot.dhcp_options.push({
      id: each.DhcpOptionsId ?? '',
      name_servers: valuesOf('domain-name-servers'),
      domain_name: valuesOf('domain-name')[0] ?? null,
    });
  }
}

async function collectSubnetsAndRoutes(
  { ec2 }: Clients,
  attempts: Attempts,
  Filters: Filter[],
  snapshot: Snapshot,
): Promise<void> {
  const subnets = await attempts.call(
    'ec2:DescribeSubnets',
    () =>
      allPages(async (NextToken) => {
        const page = await ec2.describeSubnets({ Filters, ...(NextToken ? { NextToken } : {}) });
        return { items: page.Subnets, next: page.NextToken };
      }),
    [],
  );
  for (const each of subnets)
    snapshot.subnets.push({
      id: each.SubnetId ?? '',
      vpc_id: each.VpcId ?? null,
      cidr: each.CidrBlock ?? null,
      ipv6_cidr:
        each.Ipv6CidrBlockAssociationSet?.find(({ Ipv6CidrBlockState }) => Ipv6CidrBlockState?.State === 'associated')
          ?.Ipv6CidrBlock ?? null,
      zone: each.AvailabilityZoneId ?? each.AvailabilityZone ?? null,
      free_addresses: each.AvailableIpAddressCount ?? null,
    });
  const tables = await attempts.call(
    'ec2:DescribeRouteTables',
    () =>
      allPages(async (NextToken) => {
        const page = await ec2.describeRouteTables({ Filters, ...(NextToken ? { NextToken } : {}) });
        return { items: page.RouteTables, next: page.NextToken };
      }),
    [],
  );
  for (const table of tables) {
    const id = table.RouteTableId ?? '';
    const vpc = snapshot.vpcs.find((each) => each.id === table.VpcId);
    if (vpc && table.Associations?.some(({ Main }) => Main)) vpc.main_route_table_id = id;
    snapshot.route_tables.push({
      id,
      vpc_id: table.VpcId ?? null,
      subnet_ids: (table.Associations ?? []).flatMap(({ SubnetId }) => SubnetId ?? []),
      routes: (table.Routes ?? []).map(routeOf),
      routes_known: true,
    });
  }
}

function routeOf(route: Ec2Route): Route {
  return {
    destination:
      route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock ?? route.DestinationPrefixListId ?? 'unknown',
    target: targetOf(route),
    state: route.State === 'blackhole' ? 'blackhole' : 'active',
  };
}

function targetOf(route: Ec2Route): Route['target'] {
  const targets: readonly (readonly [TargetKind, string | undefined])[] = [
    ['nat_gateway', route.NatGatewayId],
    ['peering', route.VpcPeeringConnectionId],
    ['transit_gateway', route.TransitGatewayId],
    ['egress_only_gateway', route.EgressOnlyInternetGatewayId],
    ['network_interface', route.NetworkInterfaceId],
    ['instance', route.InstanceId],
  ];
  const [kind, id] = targets.find(([, value]) => value) ?? [null, undefined];
  if (kind !== null) return { kind, id: id ?? null };
  const gateway = route.GatewayId ?? null;
  if (gateway === 'local') return { kind: 'local', id: null };
  if (gateway?.startsWith('igw-')) return { kind: 'internet_gateway', id: gateway };
  if (gateway?.startsWith('nat-')) return { kind: 'nat_gateway', id: gateway };
  if (gateway?.startsWith('vgw-')) return { kind: 'vpn_gateway', id: gateway };
  if (gateway?.startsWith('vpce-')) return { kind: 'endpoint', id: gateway };
  return { kind: 'unknown', id: gateway };
}

async function collectGateways(
  { ec2 }: Clients,
  attempts: Attempts,
  Filters: Filter[],
  snapshot: Snapshot,
): Promise<void> {
  const gateways = await attempts.call(
    'ec2:DescribeInternetGateways',
    async () => (await ec2.describeInternetGateways({})).InternetGateways ?? [],
    [],
  );
  for (const each of gateways) {
    const attachment = each.Attachments?.find(({ State }) => ['available', 'attached'].includes(State ?? 'available'));
    snapshot.internet_gateways.push({
      id: each.InternetGatewayId ?? '',
      vpc_id: attachment?.VpcId ?? null,
      egress_only: false,
    });
  }
  const egress = await attempts.call(
    'ec2:DescribeEgressOnlyInternetGateways',
    async () => (await ec2.describeEgressOnlyInternetGateways({})).EgressOnlyInternetGateways ?? [],
    [],
  );
  for (const each of egress)
    snapshot.internet_gateways.push({
      id: each.EgressOnlyInternetGatewayId ?? '',
      vpc_id: each.Attachments?.[0]?.VpcId ?? null,
      egress_only: true,
    });
  const nats = await attempts.call(
    'ec2:DescribeNatGateways',
    async () => (await ec2.describeNatGateways({ Filter: Filters })).NatGateways ?? [],
    [],
  );
  for (const each of nats)
    snapshot.nat_gateways.push({
      id: each.NatGatewayId ?? '',
      subnet_id: each.SubnetId ?? null,
      connectivity: each.ConnectivityType === 'private' ? 'private' : 'public',
      state: each.State ?? 'unknown',
      public_addresses: (each.NatGatewayAddresses ?? []).flatMap(({ PublicIp }) => PublicIp ?? []),
    });
}

async function collectInterfaces(
  { ec2 }: Clients,
  attempts: Attempts,
  Filters: Filter[],
  snapshot: Snapshot,
): Promise<void> {
  const faces = await attempts.call(
    'ec2:DescribeNetworkInterfaces',
    () =>
      allPages(async (NextToken) => {
        const page = await ec2.describeNetworkInterfaces({ Filters, ...(NextToken ? { NextToken } : {}) });
        return { items: page.NetworkInterfaces, next: page.NextToken };
      }),
    [],
  );
  for (const each of faces)
    snapshot.network_interfaces.push({
      id: each.NetworkInterfaceId ?? '',
      subnet_id: each.SubnetId ?? null,
      group_ids: (each.Groups ?? []).flatMap(({ GroupId }) => GroupId ?? []),
      source_dest_check: each.SourceDestCheck ?? null,
      status: each.Status ?? null,
      instance_id: each.Attachment?.InstanceId ?? null,
      attached:
        each.Status === 'available' ? false : each.Attachment !== undefined || each.Status === 'in-use' ? true : null,
      private_addresses: (each.PrivateIpAddresses ?? []).flatMap(({ PrivateIpAddress }) => PrivateIpAddress ?? []),
      has_public_address: each.Association?.PublicIp !== undefined,
      public_address: each.Association?.PublicIp ?? null,
      kind: each.InterfaceType ?? null,
    });
  const instances = await attempts.call(
    'ec2:DescribeInstances',
    () =>
      allPages(async (NextToken) => {
        const page = await ec2.describeInstances({ Filters, ...(NextToken ? { NextToken } : {}) });
        return { items: page.Reservations, next: page.NextToken };
      }),
    [],
  );
  const statuses = await attempts.call(
    'ec2:DescribeInstanceStatus',
    async () => (await ec2.describeInstanceStatus({})).InstanceStatuses ?? [],
    [],
  );
  for (const each of instances.flatMap(({ Instances }) => Instances ?? [])) {
    const status = statuses.find(({ InstanceId }) => InstanceId === each.InstanceId);
    const checks = [status?.InstanceStatus?.Status, status?.SystemStatus?.Status].flatMap((one) => one ?? []);
    snapshot.instances.push({
      id: each.InstanceId ?? '',
      type: each.InstanceType ?? null,
      state: each.State?.Name ?? null,
      checks: checks.find((one) => one !== 'ok') ?? checks[0] ?? null,
      subnet_id: each.SubnetId ?? null,
      group_ids: (each.SecurityGroups ?? []).flatMap(({ GroupId }) => GroupId ?? []),
      source_dest_check: each.SourceDestCheck ?? null,
      has_public_address: Boolean(each.PublicIpAddress),
      public_address: each.PublicIpAddress ?? null,
      image: each.ImageId ?? null,
      guest_forwards: null,
      guest_masquerades: null,
      interface_ids: (each.NetworkInterfaces ?? []).flatMap(({ NetworkInterfaceId }) => NetworkInterfaceId ?? []),
    });
  }
}

async function collectGroupsAndAcls(
  { ec2 }: Clients,
  attempts: Attempts,
  Filters: Filter[],
  snapshot: Snapshot,
): Promise<void> {
  const groups = await attempts.call(
    'ec2:DescribeSecurityGroups',
    () =>
      allPages(async (NextToken) => {
        const page = await ec2.describeSecurityGroups({ Filters, ...(NextToken ? { NextToken } : {}) });
        return { items: page.SecurityGroups, next: page.NextToken };
      }),
    [],
  );
  for (const each of groups) {
    const id = each.GroupId ?? '';
    const vpc = snapshot.vpcs.find((one) => one.id === each.VpcId);
    if (vpc && each.GroupName === 'default') vpc.default_group_id = id;
    snapshot.security_groups.push({
      id,
      vpc_id: each.VpcId ?? null,
      name: each.GroupName ?? id,
      ingress: (each.IpPermissions ?? []).map(ruleOf),
      egress: (each.IpPermissionsEgress ?? []).map(ruleOf),
    });
  }
  const acls = await attempts.call(
    'ec2:DescribeNetworkAcls',
    () =>
      allPages(async (NextToken) => {
        const page = await ec2.describeNetworkAcls({ Filters, ...(NextToken ? { NextToken } : {}) });
        return { items: page.NetworkAcls, next: page.NextToken };
      }),
    [],
  );
  for (const each of acls) {
    const id = each.NetworkAclId ?? '';
    const vpc = snapshot.vpcs.find((one) => one.id === each.VpcId);
    if (vpc && each.IsDefault) vpc.default_acl_id = id;
    snapshot.network_acls.push({
      id,
      vpc_id: each.VpcId ?? null,
      subnet_ids: (each.Associations ?? []).flatMap(({ SubnetId }) => SubnetId ?? []),
      entries: (each.Entries ?? []).flatMap((entry) => {
        const cidr = entry.CidrBlock ?? entry.Ipv6CidrBlock;
        return cidr
          ? [
              {
                number: entry.RuleNumber ?? 32_767,
                egress: entry.Egress === true,
                allow: entry.RuleAction === 'allow',
                protocol: protocolOf(entry.Protocol),
                from_port: entry.PortRange?.From ?? null,
                to_port: entry.PortRange?.To ?? null,
                cidr,
              },
            ]
          : [];
      }),
    });
  }
  const lists = await attempts.call(
    'ec2:DescribeManagedPrefixLists',
    async () => (await ec2.describeManagedPrefixLists({})).PrefixLists ?? [],
    [],
  );
  const used = new Set([
    ...snapshot.route_tables.flatMap(({ routes }) => routes.map(({ destination }) => destination)),
    ...snapshot.security_groups.flatMap(({ egress, ingress }) =>
      [...(egress ?? []), ...(ingress ?? [])].flatMap(({ prefix_lists }) => prefix_lists),
    ),
  ]);
  for (const list of lists) {
    const id = list.PrefixListId ?? '';
    if (!used.has(id)) continue;
    const entries = await attempts.call(
      'ec2:GetManagedPrefixListEntries',
      async () => (await ec2.getManagedPrefixListEntries({ PrefixListId: id })).Entries ?? [],
      [],
    );
    snapshot.prefix_lists.push({
      id,
      name: list.PrefixListName ?? id,
      cidrs: entries.flatMap(({ Cidr }) => Cidr ?? []),
    });
  }
}

function ruleOf(permission: IpPermission): GroupRule {
  const protocol = protocolOf(permission.IpProtocol);
  return {
    protocol,
    from_port: protocol === '-1' ? null : (permission.FromPort ?? null),
    to_port: protocol === '-1' ? null : (permission.ToPort ?? null),
    cidrs: [
      ...(permission.IpRanges ?? []).flatMap(({ CidrIp }) => CidrIp ?? []),
      ...(permission.Ipv6Ranges ?? []).flatMap(({ CidrIpv6 }) => CidrIpv6 ?? []),
    ],
    groups: (permission.UserIdGroupPairs ?? []).flatMap(({ GroupId }) => GroupId ?? []),
    prefix_lists: (permission.PrefixListIds ?? []).flatMap(({ PrefixListId }) => PrefixListId ?? []),
    partly_unknown: false,
  };
}

const PROTOCOLS: Readonly<Record<string, string>> = { '6': 'tcp', '17': 'udp', '1': 'icmp', all: '-1' };

function protocolOf(protocol: string | undefined): string {
  const name = (protocol ?? '-1').toLowerCase();
  return PROTOCOLS[name] ?? name;
}

async function collectEndpoints(
  { ec2 }: Clients,
  attempts: Attempts,
  Filters: Filter[],
  snapshot: Snapshot,
): Promise<void> {
  const endpoints = await attempts.call(
    'ec2:DescribeVpcEndpoints',
    () =>
      allPages(async (NextToken) => {
        const page = await ec2.describeVpcEndpoints({ Filters, ...(NextToken ? { NextToken } : {}) });
        return { items: page.VpcEndpoints, next: page.NextToken };
      }),
    [],
  );
  for (const each of endpoints)
    snapshot.endpoints.push({
      id: each.VpcEndpointId ?? '',
      vpc_id: each.VpcId ?? null,
      type: each.VpcEndpointType ?? 'Gateway',
      service: each.ServiceName ?? null,
      state: (each.State ?? 'available').replace(/^Available$/, 'available'),
      subnet_ids: each.SubnetIds ?? [],
      group_ids: (each.Groups ?? []).flatMap(({ GroupId }) => GroupId ?? []),
      route_table_ids: each.RouteTableIds ?? [],
      private_dns: each.PrivateDnsEnabled ?? false,
      policy: each.PolicyDocument
        ? readPolicy(each.PolicyDocument)
        : readPolicy({ Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] }),
      dns_names: (each.DnsEntries ?? []).flatMap(({ DnsName }) => DnsName ?? []),
    });
}

async function collectTransit(
  { ec2 }: Clients,
  attempts: Attempts,
  Filters: Filter[],
  snapshot: Snapshot,
): Promise<void> {
  const used = new Set(
    snapshot.route_tables.flatMap(({ routes }) =>
      routes.flatMap(({ target }) => (target.kind === 'transit_gateway' ? (target.id ?? []) : [])),
    ),
  );
  if (used.size === 0) return;
  const attachments = await attempts.call(
    'ec2:DescribeTransitGatewayVpcAttachments',
    async () => (await ec2.describeTransitGatewayVpcAttachments({ Filters })).TransitGatewayVpcAttachments ?? [],
    [],
  );
  for (const id of used)
    snapshot.transit_gateways.push({
      id,
      attachments: attachments
        .filter(({ TransitGatewayId }) => TransitGatewayId === id)
        .map((each) => ({
          id: each.TransitGatewayAttachmentId ?? '',
          vpc_id: each.VpcId ?? null,
          subnet_ids: each.SubnetIds ?? [],
          state: each.State ?? 'available',
        })),
      routes: null,
    });
}
