import { isGatewayService, readServiceName } from '../needs/aws-hosts.ts';
import type { Need } from '../needs/need.ts';
import type { LambdaFunction, RouteTable, Snapshot, Vpc } from '../snapshot/snapshot.ts';
import { publicAddresses } from './destination.ts';
import { followGatewayEndpoint } from './endpoint-hops.ts';
import { breakOfMissingWay } from './missing-way.ts';
import { gatewayEndpoints } from './name-resolution.ts';
import { checkEgress, checkPublicAcl, type Sender } from './passages.ts';
import type { Trail } from './path.ts';
import { followRoute, lookAtIdleNats } from './route-hops.ts';
import { hasIpv6Default, lookUpRoute } from './route-lookup.ts';
import type { SnapshotIndex } from './snapshot-index.ts';

/** A public address: the subnet's table decides, first by prefix lists of gateway endpoints. */
export function followPublic(
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
