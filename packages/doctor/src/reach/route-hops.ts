import type { Need } from '../needs/need.ts';
import type { Route, RouteTable, Vpc } from '../snapshot/snapshot.ts';
import { followAway } from './away-hops.ts';
import { rangeOf } from './cidr.ts';
import { checkGateway, firewall } from './internet-hops.ts';
import { followNatGateway } from './nat-gateway-hops.ts';
import { followNatInstance } from './nat-instance-hops.ts';
import type { Sender } from './passages.ts';
import { Trail } from './path.ts';
import type { SnapshotIndex } from './snapshot-index.ts';

/** Where the route that was chosen leads. */
export function followRoute(
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
export function lookAtIdleNats(
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
