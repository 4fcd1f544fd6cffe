import { isGatewayService, readServiceName } from '../needs/aws-hosts.ts';
import type { Need } from '../needs/need.ts';
import type { LambdaFunction, Route, RouteTable, Snapshot, Vpc } from '../snapshot/snapshot.ts';
import { rangeOf } from './cidr.ts';
import { publicAddresses } from './destination.ts';
import {
  checkEgress,
  checkPublicAcl,
  followGatewayEndpoint,
  followInterfaceEndpoint,
  type Sender,
} from './endpoint-hops.ts';
import { checkGateway, firewall, followNatInstance, followNatSubnet } from './internet-hops.ts';
import { breakOfMissingWay } from './missing-way.ts';
import { gatewayEndpoints, resolveName } from './name-resolution.ts';
import { type Path, Trail } from './path.ts';
import { followCrossing, followDatabase, followFiles } from './private-hops.ts';
import { hasIpv6Default, lookUpRoute } from './route-lookup.ts';
import { SnapshotIndex } from './snapshot-index.ts';

/** Every function's way to everything that it needs, from each of its subnets. */
export function reachGraph(snapshot: Snapshot, needs: ReadonlyMap<string, readonly Need[]>): Path[] {
  const index = new SnapshotIndex(snapshot);
  const known = new Map<string, Trail>();
  return snapshot.functions.flatMap((fn) => {
    const own = needs.get(fn.id) ?? [];
    return own.flatMap((need) => pathsOf(index, fn, need, own, known));
  });
}

function pathsOf(
  index: SnapshotIndex,
  fn: LambdaFunction,
  need: Need,
  siblings: readonly Need[],
  known: Map<string, Trail>,
): Path[] {
  if (fn.vpc === null) return [pathOf(fn.id, null, need, outside(index, fn, need))];
  const subnets = fn.vpc.subnet_ids;
  if (subnets === null || subnets.length === 0) {
    const trail = new Trail();
    trail.doubt(`The subnets of ${fn.name} are not known.`);
    return [pathOf(fn.id, null, need, trail)];
  }
  return subnets.map((subnet) => {
    // Functions that share groups, subnet and destination share the way: a policy may still tell them apart.
    const key = [
      subnet,
      fn.vpc?.group_ids?.toSorted().join(),
      need.host,
      need.port,
      need.actions.join(),
      need.resources.join(),
      fn.vpc?.ipv6_allowed,
      need.kind === 'database' ? fn.id : '',
      siblings.some(({ kind }) => kind === 'host'),
    ].join(' ');
    let trail = known.get(key);
    if (!trail) {
      trail = follow(
        index,
        { function_id: fn.id, subnet_id: subnet, group_ids: fn.vpc?.group_ids ?? null },
        fn,
        need,
        siblings,
      );
      known.set(key, trail);
    }
    return pathOf(fn.id, subnet, need, trail);
  });
}

function pathOf(functionId: string, subnetId: string | null, need: Need, trail: Trail): Path {
  return {
    function_id: functionId,
    subnet_id: subnetId,
    need,
    way: trail.way,
    way_id: trail.wayId,
    verdict: trail.verdict(),
    hops: trail.hops,
    breaks: trail.breaks,
    unknown: trail.unknown,
  };
}

/** A function outside of any VPC has the internet, and nothing private. */
function outside(index: SnapshotIndex, fn: LambdaFunction, need: Need): Trail {
  const trail = new Trail();
  trail.way = 'outside the VPC';
  const database = index.databases.get(need.target_id ?? '');
  if (database && database.public !== true) {
    if (database.public === null) trail.doubt(`Whether ${database.id} is public is not known.`);
    else
      trail.break({
        rule: 'outside-vpc',
        resources: [fn.id, database.id],
        evidence: [
          `${fn.name} has no VPC configuration; ${database.id} is in ${database.vpc_id ?? 'a VPC'} and not public`,
        ],
        facts: { database: database.id, vpc: database.vpc_id ?? '', host: need.host },
      });
  }
  if (need.kind === 'file_system')
    trail.break({
      rule: 'no-mount-target',
      resources: [fn.id, need.host],
      evidence: [`${fn.name} mounts ${need.host} and has no VPC configuration`],
      facts: { files: need.host, zone: '', subnet: '' },
      causes: [9],
    });
  return trail;
}

function follow(
  index: SnapshotIndex,
  sender: Sender,
  fn: LambdaFunction,
  need: Need,
  siblings: readonly Need[],
): Trail {
  const trail = new Trail();
  const vpc =
    index.vpcOf(sender.subnet_id) ??
    (fn.vpc?.vpc_id ? (index.vpcs.get(fn.vpc.vpc_id) ?? unseenVpc(fn.vpc.vpc_id)) : null);
  trail.hop('subnet', sender.subnet_id);
  if (need.kind === 'file_system') {
    followFiles(index, sender, vpc, need, trail);
    return trail;
  }
  const resolution = resolveName(index, { subnet_id: sender.subnet_id, vpc, group_ids: sender.group_ids }, need, trail);
  switch (resolution.kind) {
    case 'endpoint':
      if (resolution.endpoint.type === 'Interface')
        followInterfaceEndpoint(index, sender, resolution.endpoint, need, trail);
      return trail;
    case 'private':
      if (need.kind === 'database' && resolution.addresses.length === 0)
        followDatabase(index, sender, vpc, need, trail);
      else followPrivate(index, sender, vpc, resolution.addresses, need, trail);
      return trail;
    case 'public':
      followPublic(index, sender, vpc, fn, need, siblings, trail);
      return trail;
  }
}

/** A VPC that somebody else keeps: only what this stack puts into it is known. */
function unseenVpc(id: string): Vpc {
  return {
    id,
    cidrs: null,
    ipv6_cidrs: [],
    dns_support: null,
    dns_hostnames: null,
    dhcp_options_id: null,
    main_route_table_id: null,
    default_acl_id: null,
    default_group_id: null,
  };
}

function followPrivate(
  index: SnapshotIndex,
  sender: Sender,
  vpc: Vpc | null,
  addresses: readonly string[],
  need: Need,
  trail: Trail,
): void {
  const [address] = addresses;
  const table = index.tableOf(sender.subnet_id);
  if (address === undefined || table === null) {
    trail.doubt(`Where ${need.host} leads is not known.`);
    return;
  }
  checkEgress(
    index,
    sender,
    need,
    { cidrs: [address], group_ids: groupsOfAddress(index, address), prefix_list: null },
    trail,
    need.host,
  );
  trail.hop('route table', table.id);
  const route = lookUpRoute(table, vpc, address, index.snapshot.prefix_lists);
  if (route?.target.kind === 'local') {
    trail.way = 'inside the VPC';
    return;
  }
  if (route === null) {
    if (table.routes_known) {
      trail.way = 'none';
      trail.break({
        rule: 'return-route',
        resources: [table.id, sender.subnet_id],
        evidence: [`${table.id} has no route to ${address}`],
        facts: { table: table.id, link: '', cidr: `${address}/32`, direction: 'there' },
      });
    } else trail.doubt(`The routes of ${table.id} are not known.`);
    return;
  }
  if (route.target.kind === 'peering' || route.target.kind === 'transit_gateway') {
    const other = [...index.vpcs.values()].find(
      ({ cidrs, id }) =>
        id !== vpc?.id &&
        cidrs?.some(
          (cidr) => lookUpRoute({ ...table, routes: [{ ...route, destination: cidr }] }, null, address, []) !== null,
        ),
    );
    followCrossing(index, sender, table, route.target, other ?? null, need, trail);
    return;
  }
  followRoute(index, sender, vpc, table, route, [address], need, trail);
}

function groupsOfAddress(index: SnapshotIndex, address: string): string[] {
  return index.snapshot.network_interfaces
    .filter(({ private_addresses }) => private_addresses.includes(address))
    .flatMap(({ group_ids }) => group_ids ?? []);
}

/** A public address: the subnet's table decides, first by prefix lists of gateway endpoints. */
function followPublic(
  index: SnapshotIndex,
  sender: Sender,
  vpc: Vpc | null,
  fn: LambdaFunction,
  need: Need,
  siblings: readonly Need[],
  trail: Trail,
): void {
  const table = index.tableOf(sender.subnet_id);
  if (table === null) {
    trail.doubt(`The routes of ${sender.subnet_id} are not part of what was collected.`);
    // What is known of the function itself still counts.
    checkEgress(
      index,
      sender,
      need,
      { cidrs: publicAddresses(need.service), group_ids: null, prefix_list: null },
      trail,
      need.host,
    );
    return;
  }
  trail.hop('route table', table.id);
  const gateway = gatewayOf(index, table, need);
  if (gateway) {
    followGatewayEndpoint(index, sender, gateway, need, trail);
    return;
  }
  const addresses = /^\d+(\.\d+){3}$/.test(need.host) ? [need.host] : publicAddresses(need.service);
  const listed = isGatewayService(need.service)
    ? `com.amazonaws.${need.region ?? index.snapshot.region}.${need.service}`
    : null;
  checkEgress(index, sender, need, { cidrs: addresses, group_ids: null, prefix_list: listed }, trail, need.host);
  checkPublicAcl(index, sender.subnet_id, addresses, need, trail);
  checkIpv6(index, sender, fn, table, need, trail);
  const routes = addresses.map((address) => lookUpRoute(table, vpc, address, index.snapshot.prefix_lists));
  if (routes.some((route) => route === null)) {
    if (!table.routes_known) trail.doubt(`The routes of ${table.id} are not known.`);
    else {
      trail.way = 'none';
      breakOfMissingWay(index, { subnet_id: sender.subnet_id, vpc, table, siblings }, need, trail);
      lookAtIdleNats(index, sender, vpc, table, addresses, need, trail);
    }
    return;
  }
  const chosen = new Map(
    routes.flatMap((route) =>
      route ? [[`${route.target.kind} ${route.target.id} ${route.state}`, route] as const] : [],
    ),
  );
  for (const route of chosen.values()) followRoute(index, sender, vpc, table, route, addresses, need, trail);
}

/** A gateway endpoint that this table knows; they serve their own region only. */
function gatewayOf(index: SnapshotIndex, table: RouteTable, need: Need): Snapshot['endpoints'][number] | null {
  const region = need.region ?? index.snapshot.region;
  return (
    gatewayEndpoints(index, table.vpc_id, need.service).find(({ route_table_ids, service, id }) => {
      const isAssociated =
        route_table_ids?.includes(table.id) === true ||
        table.routes.some(({ target, state }) => target.id === id && state === 'active');
      return (
        isAssociated && (region === null || readServiceName(service)?.region === region || /REGION/.test(service ?? ''))
      );
    }) ?? null
  );
}

function checkIpv6(
  index: SnapshotIndex,
  sender: Sender,
  fn: LambdaFunction,
  table: RouteTable,
  need: Need,
  trail: Trail,
): void {
  const subnet = index.subnets.get(sender.subnet_id);
  if (fn.vpc?.ipv6_allowed !== true || !subnet?.ipv6_cidr || hasIpv6Default(table) || !table.routes_known) return;
  trail.break({
    rule: 'ipv6-without-way',
    resources: [table.id, sender.subnet_id],
    evidence: [`${fn.name} may use IPv6, ${subnet.id} has ${subnet.ipv6_cidr}, and ${table.id} has no route ::/0`],
    facts: { table: table.id, subnet: subnet.id, host: need.host, vpc: subnet.vpc_id ?? '' },
    soft: true,
  });
}

function followRoute(
  index: SnapshotIndex,
  sender: Sender,
  vpc: Vpc | null,
  table: RouteTable,
  route: Route,
  addresses: readonly string[],
  need: Need,
  trail: Trail,
): void {
  const { kind, id } = route.target;
  if (route.state === 'blackhole' || kind === 'missing') {
    trail.way = 'none';
    trail.break({
      rule: 'blackhole-route',
      resources: [table.id, ...(id === null ? [] : [id])],
      evidence: [
        `${table.id}: ${route.destination} leads to ${id ?? 'nothing'}, ${kind === 'missing' ? 'which does not exist' : 'state blackhole'}`,
      ],
      facts: { table: table.id, target: id ?? '' },
    });
    return;
  }
  switch (kind) {
    case 'nat_gateway':
      followNatGateway(index, sender, table, id ?? '', addresses, need, trail);
      return;
    case 'network_interface':
    case 'instance':
      followNatInstance(index, { kind, id: id ?? '' }, sender, table, addresses, need, trail);
      return;
    case 'internet_gateway':
      trail.way = 'internet gateway';
      trail.wayId = id;
      trail.break({
        rule: 'public-subnet',
        resources: [sender.subnet_id, table.id],
        evidence: [`${table.id} of ${sender.subnet_id} sends ${route.destination} to ${id}`],
        facts: { subnet: sender.subnet_id, table: table.id, host: need.host, service: need.service ?? '' },
      });
      checkGateway(index, id, vpc?.id ?? null, trail, null);
      lookAtIdleNats(index, sender, vpc, table, addresses, need, trail);
      return;
    case 'firewall_endpoint':
      trail.way = 'firewall';
      trail.wayId = id;
      firewall(table, id, trail);
      return;
    case 'endpoint':
      trail.way = 'firewall';
      trail.wayId = id;
      firewall(table, id, trail);
      return;
    case 'transit_gateway':
    case 'peering':
      followAway(index, vpc, table, kind, id, trail);
      return;
    case 'vpn_gateway':
      trail.way = 'vpn';
      trail.wayId = id;
      trail.doubt(`${table.id} sends ${route.destination} to ${id}: what is behind it cannot be seen from here.`);
      return;
    case 'local':
      trail.way = 'inside the VPC';
      return;
    case 'egress_only_gateway':
      trail.way = 'none';
      trail.break({
        rule: 'no-default-route',
        resources: [table.id, sender.subnet_id],
        evidence: [`${table.id} leads IPv4 to ${id}, which takes IPv6 only`],
        facts: {
          table: table.id,
          subnet: sender.subnet_id,
          host: need.host,
          vpc: vpc?.id ?? '',
          service: need.service ?? '',
        },
      });
      return;
    case 'unknown':
      trail.doubt(`Where ${table.id} sends ${route.destination} is not known.`);
  }
}

/** NATs of the VPC that this subnet does not use: once it does, what is wrong with them is next. */
function lookAtIdleNats(
  index: SnapshotIndex,
  sender: Sender,
  vpc: Vpc | null,
  table: RouteTable,
  addresses: readonly string[],
  need: Need,
  trail: Trail,
): void {
  const seen = new Set<string>();
  for (const other of index.snapshot.route_tables) {
    if (other.id === table.id || other.vpc_id === null || other.vpc_id !== vpc?.id) continue;
    for (const route of other.routes) {
      const { kind, id } = route.target;
      if (!['nat_gateway', 'network_interface', 'instance'].includes(kind) || id === null || seen.has(id)) continue;
      if (rangeOf(route.destination)?.prefix !== 0) continue;
      seen.add(id);
      const aside = new Trail();
      followRoute(index, sender, vpc, other, route, addresses, need, aside);
      for (const found of aside.breaks) trail.break({ ...found, soft: true });
    }
  }
}

function followNatGateway(
  index: SnapshotIndex,
  sender: Sender,
  table: RouteTable,
  id: string,
  addresses: readonly string[],
  need: Need,
  trail: Trail,
): void {
  const nat = index.snapshot.nat_gateways.find((each) => each.id === id);
  trail.way = 'nat gateway';
  trail.wayId = id;
  if (!nat) {
    if (index.snapshot.source.kind === 'aws')
      trail.break({
        rule: 'blackhole-route',
        resources: [table.id, id],
        evidence: [`${table.id} leads to ${id}, which does not exist`],
        facts: { table: table.id, target: id },
      });
    else trail.doubt(`${id} is not part of this stack.`);
    return;
  }
  trail.hop('nat gateway', nat.id);
  if (nat.state !== 'available' && nat.state !== 'pending')
    trail.break({
      rule: 'blackhole-route',
      resources: [nat.id, table.id],
      evidence: [`${nat.id}: state ${nat.state}`],
      facts: { table: table.id, target: nat.id },
    });
  if (nat.connectivity === 'private')
    trail.break({
      rule: 'nat-without-internet',
      resources: [nat.id],
      evidence: [`${nat.id} is a private NAT gateway: it leads to other networks, not to the internet`],
      facts: { nat: nat.id, subnet: nat.subnet_id ?? '', table: '', target: '' },
    });
  if (nat.subnet_id !== null) followNatSubnet(index, nat.id, nat.subnet_id, sender.subnet_id, addresses, need, trail);
  else trail.doubt(`The subnet of ${nat.id} is not known.`);
}

/** The internet through another VPC: peering never carries it, a transit gateway may. */
function followAway(
  index: SnapshotIndex,
  vpc: Vpc | null,
  table: RouteTable,
  kind: 'peering' | 'transit_gateway',
  id: string | null,
  trail: Trail,
): void {
  trail.way = kind === 'peering' ? 'peering' : 'transit gateway';
  trail.wayId = id;
  if (kind === 'peering') {
    trail.break({
      rule: 'return-route',
      resources: [table.id, id ?? ''],
      evidence: [
        `${table.id} sends the internet's addresses to ${id}; a peering carries only the other VPC's own addresses`,
      ],
      facts: { table: table.id, link: id ?? '', cidr: '0.0.0.0/0', direction: 'transitive' },
      causes: [1],
    });
    return;
  }
  const gateway = index.snapshot.transit_gateways.find((each) => each.id === id);
  const attachment = gateway?.attachments.find(({ vpc_id }) => vpc_id === vpc?.id);
  if (gateway && gateway.attachments.length > 0 && !attachment)
    trail.break({
      rule: 'return-route',
      resources: [gateway.id, table.id],
      evidence: [`${vpc?.id} has no attachment to ${gateway.id}`],
      facts: { table: table.id, link: gateway.id, cidr: '', direction: 'state' },
    });
  const onward = gateway?.routes?.find(({ destination }) => destination === '0.0.0.0/0');
  const egress = gateway?.attachments.find((each) => each.id === onward?.attachment_id)?.vpc_id ?? null;
  if (onward?.blackhole)
    trail.break({
      rule: 'blackhole-route',
      resources: [gateway?.id ?? '', table.id],
      evidence: [`${gateway?.id} drops 0.0.0.0/0`],
      facts: { table: gateway?.id ?? '', target: '' },
    });
  if (gateway?.routes && !onward && gateway.attachments.length > 1)
    trail.break({
      rule: 'return-route',
      resources: [gateway.id],
      evidence: [`no route of ${gateway.id} leads 0.0.0.0/0 on`],
      facts: { table: gateway.id, link: gateway.id, cidr: '0.0.0.0/0', direction: 'there' },
      causes: [1],
    });
  const own = vpc?.cidrs?.[0];
  if (egress !== null && own) {
    const backs = index.snapshot.route_tables.filter(
      ({ vpc_id, routes }) => vpc_id === egress && routes.some(({ target }) => target.kind === 'internet_gateway'),
    );
    for (const back of backs)
      if (
        back.routes_known &&
        lookUpRoute(back, index.vpcs.get(egress) ?? null, own.split('/')[0] ?? '', [])?.target.id !== id
      )
        trail.break({
          rule: 'return-route',
          resources: [back.id, id ?? ''],
          evidence: [`${back.id} in ${egress} has no route back to ${own}`],
          facts: { table: back.id, link: id ?? '', cidr: own, direction: 'back' },
        });
  } else trail.doubt(`What is behind ${id} is not part of what was collected.`);
}
