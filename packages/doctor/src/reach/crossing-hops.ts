import type { Need } from '../needs/need.ts';
import type { RouteTable, Vpc } from '../snapshot/snapshot.ts';
import type { Sender } from './passages.ts';
import type { Trail } from './path.ts';
import { lookUpRoute } from './route-lookup.ts';
import type { SnapshotIndex } from './snapshot-index.ts';
import { attachmentOf, isAttached, transitRoute } from './transit-routes.ts';

/** Whether another VPC can be reached, with what is broken on the way there and back. */
export function followToVpc(
  index: SnapshotIndex,
  sender: Sender,
  vpc: Vpc,
  otherId: string,
  cidrs: readonly string[],
  need: Need,
  trail: Trail,
): boolean {
  const table = index.tableOf(sender.subnet_id);
  const other = index.vpcs.get(otherId);
  const target = cidrs[0] ?? other?.cidrs?.[0];
  if (table === null || target === undefined) {
    trail.doubt(`The routes from ${sender.subnet_id} to ${otherId} are not known.`);
    return true;
  }
  const route = lookUpRoute(table, vpc, target.split('/')[0] ?? target, index.snapshot.prefix_lists);
  const { snapshot } = index;
  const peering = snapshot.peerings.find(
    ({ requester_vpc_id: a, accepter_vpc_id: b, state }) =>
      // What was deleted, refused or ran out is listed for a while.
      !/^(delet|reject|expir|fail)/.test(state) && ((a === vpc.id && b === otherId) || (b === vpc.id && a === otherId)),
  );
  if (route?.target.kind === 'peering' || route?.target.kind === 'transit_gateway') {
    followCrossing(index, sender, table, route.target, other ?? null, need, trail);
    return true;
  }
  if (!peering) return false;
  trail.way = 'peering';
  trail.break({
    rule: 'return-route',
    resources: [table.id, peering.id],
    evidence: [`${table.id} has no route to ${target} through ${peering.id}`],
    facts: { table: table.id, link: peering.id, cidr: target, direction: 'there' },
  });
  return true;
}

/** A peering or transit gateway: it has to be active, and the other side has to route back. */
export function followCrossing(
  index: SnapshotIndex,
  sender: Sender,
  table: RouteTable,
  target: { readonly kind: string; readonly id: string | null },
  other: Vpc | null,
  need: Need,
  trail: Trail,
): void {
  const { snapshot } = index;
  const own = index.subnets.get(sender.subnet_id);
  const isPeering = target.kind === 'peering';
  trail.way = isPeering ? 'peering' : 'transit gateway';
  trail.wayId = target.id;
  trail.hop(trail.way, target.id ?? trail.way);
  if (isPeering) {
    const peering = snapshot.peerings.find(({ id }) => id === target.id);
    if (peering && !['active', 'unknown'].includes(peering.state))
      trail.break({
        rule: 'return-route',
        resources: [peering.id],
        evidence: [`${peering.id} is ${peering.state}`],
        facts: { table: table.id, link: peering.id, cidr: '', direction: 'state' },
      });
    if (peering?.state === 'unknown') trail.doubt(`Whether ${peering.id} is accepted is not known.`);
  } else {
    checkTransit(index, sender, table, target.id, other, trail);
  }
  if (other === null || !own?.cidr) {
    trail.doubt(`What is behind ${target.id} is not part of what was collected.`);
    return;
  }
  const address = own.cidr.split('/')[0] ?? '';
  const databaseSubnets = index.databases.get(need.target_id ?? '')?.subnet_ids ?? [];
  const backTables =
    databaseSubnets.length > 0
      ? databaseSubnets.flatMap((id) => index.tableOf(id) ?? [])
      : snapshot.route_tables.filter(({ vpc_id }) => vpc_id === other.id);
  for (const back of new Map(backTables.map((each) => [each.id, each])).values()) {
    const route = lookUpRoute(back, other, address, snapshot.prefix_lists);
    if (route?.target.id === target.id && route?.state === 'active') continue;
    if (route === null && !back.routes_known) {
      trail.doubt(`The routes of ${back.id} are not known.`);
      continue;
    }
    trail.break({
      rule: 'return-route',
      resources: [back.id, target.id ?? ''],
      evidence: [`${back.id} in ${other.id} has no route to ${own.cidr} through ${target.id}`],
      facts: { table: back.id, link: target.id ?? '', cidr: own.cidr, direction: 'back' },
    });
  }
}

/** The gateway's own side of it: attachments of both VPCs, and routes there and back in the tables of each. */
function checkTransit(
  index: SnapshotIndex,
  sender: Sender,
  table: RouteTable,
  id: string | null,
  other: Vpc | null,
  trail: Trail,
): void {
  const gateway = index.snapshot.transit_gateways.find((each) => each.id === id);
  const own = index.subnets.get(sender.subnet_id);
  if (!gateway || gateway.attachments.length === 0) return;
  for (const vpc of [own?.vpc_id ?? null, other?.id ?? null]) {
    if (vpc === null) continue;
    const attachment = attachmentOf(gateway, vpc);
    if (attachment && isAttached(attachment)) continue;
    trail.break({
      rule: 'return-route',
      resources: [attachment?.id ?? gateway.id, table.id],
      evidence: [attachment ? `${attachment.id} is ${attachment.state}` : `${vpc} has no attachment to ${gateway.id}`],
      facts: { table: table.id, link: gateway.id, cidr: '', direction: 'state' },
    });
    return;
  }
  if (gateway.routes === null || other === null || !own?.cidr) return;
  const target = other.cidrs?.[0];
  for (const [from, cidr, direction] of [
    [own.vpc_id, target, 'there'],
    [other.id, own.cidr, 'back'],
  ] as const) {
    if (cidr === undefined) continue;
    const route = transitRoute(gateway, from, cidr);
    if (route !== null && !route.blackhole) continue;
    trail.break({
      rule: 'return-route',
      resources: [gateway.id],
      evidence: [
        route
          ? `${gateway.id} drops ${route.destination}`
          : `no route of ${gateway.id} leads ${direction === 'there' ? 'to' : 'back to'} ${cidr}`,
      ],
      facts: { table: gateway.id, link: gateway.id, cidr, direction },
    });
  }
}
