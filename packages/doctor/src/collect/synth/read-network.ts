import type { Route, Snapshot, TargetKind } from '../../snapshot/snapshot.ts';
import { text } from './computed-attribute.ts';
import { modulePrefix, type Resource } from './resource.ts';
import { type StackReader, textsOf } from './stack-reader.ts';
import { isUnknown } from './unknown-value.ts';

const VPC = ['aws_vpc', 'aws_default_vpc'] as const;
const SUBNET = ['aws_subnet', 'aws_default_subnet'] as const;
/** AWS's default VPC. */
const DEFAULT_VPC_CIDR = '172.31.0.0/16';

/** VPCs, subnets, route tables and every way out of them. */
export function readNetwork(reader: StackReader, snapshot: Snapshot): void {
  readVpcs(reader, snapshot);
  readSubnets(reader, snapshot);
  readGateways(reader, snapshot);
  readRouteTables(reader, snapshot);
}

function readVpcs(reader: StackReader, snapshot: Snapshot): void {
  const options = new Map(
    reader
      .all('aws_vpc_dhcp_options_association')
      .map((each) => [
        reader.id(each.attribute('vpc_id'), ...VPC),
        reader.id(each.attribute('dhcp_options_id'), 'aws_vpc_dhcp_options'),
      ]),
  );
  const mains = new Map(
    reader
      .all('aws_main_route_table_association')
      .map((each) => [
        reader.id(each.attribute('vpc_id'), ...VPC),
        reader.id(each.attribute('route_table_id'), 'aws_route_table'),
      ]),
  );
  for (const vpc of VPC.flatMap((type) => reader.all(type))) {
    const { address } = vpc;
    const more = reader
      .all('aws_vpc_ipv4_cidr_block_association')
      .filter((each) => reader.id(each.attribute('vpc_id'), ...VPC) === address)
      .flatMap((each) => text(each.attribute('cidr_block')) ?? []);
    const cidr = vpc.type === 'aws_default_vpc' ? DEFAULT_VPC_CIDR : text(vpc.attribute('cidr_block'));
    snapshot.vpcs.push({
      id: address,
      cidrs: cidr === null ? null : [cidr, ...more],
      ipv6_cidrs: textsOf(vpc.declares('ipv6_cidr_block') ? vpc.attribute('ipv6_cidr_block') : null),
      dns_support: reader.flag(vpc, 'enable_dns_support', true),
      // Off unless said, but for the default VPC [VPC user guide, "DNS attributes for your VPC"].
      dns_hostnames: reader.flag(vpc, 'enable_dns_hostnames', vpc.type === 'aws_default_vpc'),
      dhcp_options_id: options.get(address) ?? null,
      main_route_table_id: mains.get(address) ?? `${address}.main_route_table`,
      default_acl_id: `${address}.default_acl`,
      default_group_id: `${address}.default_group`,
    });
  }
  for (const each of reader.all('aws_vpc_dhcp_options')) {
    snapshot.dhcp_options.push({
      id: each.address,
      name_servers: textsOf(each.attribute('domain_name_servers')),
      domain_name: reader.text(each, 'domain_name'),
    });
  }
}

function readSubnets(reader: StackReader, snapshot: Snapshot): void {
  for (const subnet of SUBNET.flatMap((type) => reader.all(type))) {
    const zone = reader.text(subnet, 'availability_zone_id') ?? reader.text(subnet, 'availability_zone');
    snapshot.subnets.push({
      id: subnet.address,
      vpc_id:
        reader.id(subnet.attribute('vpc_id'), ...VPC) ??
        (subnet.type === 'aws_default_subnet' ? defaultVpc(reader) : null),
      cidr: text(subnet.attribute('cidr_block')),
      ipv6_cidr: subnet.declares('ipv6_cidr_block') ? (text(subnet.attribute('ipv6_cidr_block')) ?? '::/64') : null,
      zone,
      free_addresses: null,
    });
  }
}

function defaultVpc(reader: StackReader): string | null {
  return reader.all('aws_default_vpc')[0]?.address ?? null;
}

function readGateways(reader: StackReader, snapshot: Snapshot): void {
  const attached = new Map(
    reader
      .all('aws_internet_gateway_attachment')
      .map((each) => [
        reader.id(each.attribute('internet_gateway_id'), 'aws_internet_gateway'),
        reader.id(each.attribute('vpc_id'), ...VPC),
      ]),
  );
  for (const gateway of reader.all('aws_internet_gateway')) {
    const vpc = gateway.declares('vpc_id') ? reader.id(gateway.attribute('vpc_id'), ...VPC) : null;
    snapshot.internet_gateways.push({
      id: gateway.address,
      vpc_id: vpc ?? attached.get(gateway.address) ?? null,
      egress_only: false,
    });
  }
  for (const gateway of reader.all('aws_egress_only_internet_gateway'))
    snapshot.internet_gateways.push({
      id: gateway.address,
      vpc_id: reader.id(gateway.attribute('vpc_id'), ...VPC),
      egress_only: true,
    });
  for (const nat of reader.all('aws_nat_gateway'))
    snapshot.nat_gateways.push({
      id: nat.address,
      subnet_id: reader.id(nat.attribute('subnet_id'), ...SUBNET) ?? likelyPublic(reader, nat),
      connectivity: reader.text(nat, 'connectivity_type') === 'private' ? 'private' : 'public',
      state: 'available',
      public_addresses: [],
    });
}

/** `aws_subnet.all["public-${each.key}"]`: a plan names all of them; a NAT is meant for the public one of its own key. */
function likelyPublic(reader: StackReader, nat: Resource): string | null {
  const value = nat.attribute('subnet_id');
  if (!isUnknown(value)) return null;
  const wordsOf = (text: string) => text.toLowerCase().split(/[^a-z0-9]+/);
  const open = reader.referred(value, ...SUBNET).filter((id) => wordsOf(id).some((word) => PUBLIC_WORDS.has(word)));
  const own = open.filter(
    (id) => nat.key === null || wordsOf(String(nat.key)).every((word) => wordsOf(id).includes(word)),
  );
  return own.length === 1 ? (own[0] ?? null) : null;
}

const PUBLIC_WORDS = new Set(['public', 'pub', 'dmz', 'edge', 'external', 'ingress', 'nat']);

/** Attributes of a route that name where it leads, with the types that they lead to. */
const TARGETS: readonly (readonly [attribute: string, kind: TargetKind, ...types: string[]])[] = [
  ['nat_gateway_id', 'nat_gateway', 'aws_nat_gateway'],
  ['gateway_id', 'internet_gateway', 'aws_internet_gateway', 'aws_vpn_gateway', 'aws_vpc_endpoint'],
  ['egress_only_gateway_id', 'egress_only_gateway', 'aws_egress_only_internet_gateway'],
  ['network_interface_id', 'network_interface', 'aws_network_interface', 'aws_instance'],
  ['instance_id', 'instance', 'aws_instance'],
  ['vpc_peering_connection_id', 'peering', 'aws_vpc_peering_connection', 'aws_vpc_peering_connection_accepter'],
  ['transit_gateway_id', 'transit_gateway', 'aws_ec2_transit_gateway'],
  ['vpc_endpoint_id', 'firewall_endpoint', 'aws_vpc_endpoint', 'aws_networkfirewall_firewall'],
  ['core_network_arn', 'unknown'],
  ['carrier_gateway_id', 'unknown'],
  ['local_gateway_id', 'unknown'],
];

function readRouteTables(reader: StackReader, snapshot: Snapshot): void {
  const tables = new Map<string, Snapshot['route_tables'][number]>();
  const add = (id: string, vpc: string | null) => {
    const known = tables.get(id);
    if (known) return known;
    const made = { id, vpc_id: vpc, subnet_ids: [], routes: [], routes_known: true };
    tables.set(id, made);
    return made;
  };
  for (const vpc of snapshot.vpcs) add(`${vpc.id}.main_route_table`, vpc.id);
  for (const table of reader.all('aws_route_table')) add(table.address, reader.id(table.attribute('vpc_id'), ...VPC));
  for (const resource of [...reader.all('aws_route_table'), ...reader.all('aws_default_route_table')]) {
    const table = add(reader.canonical(resource.address), null);
    const written = resource.declares('route') ? resource.attribute('route') : [];
    if (isUnknown(written) || typeof written === 'string') {
      table.routes_known = false;
      table.routes.push(...likelyDefault(reader, written));
      continue;
    }
    for (const block of reader.blocks(resource, 'route'))
      table.routes.push(routeOf(reader, (name) => block[name], 'cidr_block'));
  }
  for (const route of reader.all('aws_route')) {
    const id = reader.id(route.attribute('route_table_id'), 'aws_route_table', 'aws_default_route_table');
    const get = (name: string) => (route.declares(name) ? route.attribute(name) : null);
    if (id === null) {
      // Any table of the same module may have it.
      for (const table of tables.values())
        if (modulePrefix(table.id) === modulePrefix(route.address)) table.routes_known = false;
      continue;
    }
    // Of a table that somebody else keeps, only this route is known.
    const isForeign = !tables.has(id);
    const table = add(id, null);
    if (isForeign) table.routes_known = false;
    table.routes.push(routeOf(reader, get, 'destination_cidr_block'));
  }
  const isMaybeAssociated = readAssociations(reader, tables);
  snapshot.route_tables.push(...tables.values());
  if (isMaybeAssociated) addUnknownTable(snapshot);
}

/** Whether some subnet's table cannot be told: those that have none of their own may not be on the main one. */
function readAssociations(reader: StackReader, tables: Map<string, Snapshot['route_tables'][number]>): boolean {
  let isUncertain = false;
  for (const association of reader.all('aws_route_table_association')) {
    const value = association.attribute('route_table_id');
    const table = reader.id(value, 'aws_route_table', 'aws_default_route_table');
    const subnet = association.declares('subnet_id') ? reader.id(association.attribute('subnet_id'), ...SUBNET) : null;
    if (subnet === null || (table === null && isUnknown(value))) {
      isUncertain ||= association.declares('subnet_id');
      continue;
    }
    if (table === null) continue;
    const known = tables.get(table);
    if (known) known.subnet_ids.push(subnet);
    else tables.set(table, { id: table, vpc_id: null, subnet_ids: [subnet], routes: [], routes_known: false });
  }
  return isUncertain;
}

function addUnknownTable({ route_tables, subnets }: Snapshot): void {
  const placed = new Set(route_tables.flatMap(({ subnet_ids }) => subnet_ids));
  const open = subnets.filter(({ id }) => !placed.has(id)).map(({ id }) => id);
  if (open.length > 0)
    route_tables.push({
      id: 'a route table that is not known yet',
      vpc_id: null,
      subnet_ids: open,
      routes: [],
      routes_known: false,
    });
}

const WAYS_OUT: Readonly<Record<string, TargetKind>> = {
  aws_nat_gateway: 'nat_gateway',
  aws_internet_gateway: 'internet_gateway',
  aws_network_interface: 'network_interface',
  aws_instance: 'instance',
};

/** A list of routes that is not known, and names one way out: that is what the default route leads to. */
function likelyDefault(reader: StackReader, written: unknown): Route[] {
  const ids = isUnknown(written) ? reader.referred(written, ...Object.keys(WAYS_OUT)) : [text(written) ?? ''];
  const found = ids.flatMap((id) => {
    const kind = WAYS_OUT[reader.at(id.replace(/\.primary_interface$/, ''))?.type ?? ''];
    return kind ? [route('0.0.0.0/0', id.endsWith('.primary_interface') ? 'network_interface' : kind, id)] : [];
  });
  return found.length === 1 ? found : [];
}

function routeOf(reader: StackReader, get: (name: string) => unknown, cidr: string): Route {
  const v6 = cidr === 'cidr_block' ? 'ipv6_cidr_block' : 'destination_ipv6_cidr_block';
  const list = get('destination_prefix_list_id');
  const destination = text(get(cidr)) || text(get(v6)) || (list ? reader.id(list) : null) || 'unknown';
  for (const [attribute, kind, ...types] of TARGETS) {
    const value = get(attribute);
    if (value === null || value === undefined || value === '') continue;
    if (attribute === 'gateway_id' && value === 'local') return route(destination, 'local', null);
    const missing = reader.missing(value, ...types);
    if (missing !== null) return { destination, target: { kind: 'missing', id: missing }, state: 'blackhole' };
    const id = reader.id(value, ...types);
    // Written as HCL, all routes of a table share one list of references: only a fitting one is this route's.
    if (id === null && isUnknown(value) && value.references.length > 0 && reader.referred(value).length > 0) continue;
    return route(destination, id === null ? 'unknown' : kindOf(reader, id, kind), id);
  }
  return route(destination, 'unknown', null);
}

function route(destination: string, kind: TargetKind, id: string | null): Route {
  return { destination, target: { kind, id }, state: 'active' };
}

function kindOf(reader: StackReader, id: string, kind: TargetKind): TargetKind {
  const type = reader.at(id)?.type;
  if (type === 'aws_vpn_gateway' || /^vgw-/.test(id)) return 'vpn_gateway';
  if (type === 'aws_egress_only_internet_gateway') return 'egress_only_gateway';
  if (type === 'aws_nat_gateway') return 'nat_gateway';
  if (type === 'aws_vpc_endpoint' && kind === 'internet_gateway') return 'endpoint';
  return kind;
}
