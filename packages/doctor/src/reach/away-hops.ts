import type { RouteTable, Vpc } from '../snapshot/snapshot.ts';
import type { Trail } from './path.ts';
import { lookUpRoute } from './route-lookup.ts';
import type { SnapshotIndex } from './snapshot-index.ts';
import { attachmentOf, isAttached, transitRoute } from './transit-routes.ts';

/** The internet through another VPC: peering never carries it, a transit gateway may. */
export function followAway(
  index: SnapshotIndex,
  vpc: Vpc | null,
  table: RouteTable,
  kind: 'peering' | 'transit_gateway',
  id: string | null,
  trail: Trail,
): void {
  trail.way = kind === 'peering' ? 'peering' : 'transit gateway';
  trail.wayId = id;
  if (kind === 'transit_gateway') {
    followTransitAway(index, vpc, table, id, trail);
    return;
  }
  trail.break({
    rule: 'return-route',
    resources: [table.id, id ?? ''],
    evidence: [
      `${table.id} sends the internet's addresses to ${id}; a peering carries only the other VPC's own addresses`,
    ],
    facts: { table: table.id, link: id ?? '', cidr: '0.0.0.0/0', direction: 'transitive' },
    causes: [1],
  });
}

function followTransitAway(
  index: SnapshotIndex,
  vpc: Vpc | null,
  table: RouteTable,
  id: string | null,
  trail: Trail,
): void {
  const gateway = index.snapshot.transit_gateways.find((each) => each.id === id);
  if (!gateway) {
    trail.doubt(`What is behind ${id} is not part of what was collected.`);
    return;
  }
  if (gateway.attachments.length > 0 && !hasAttachment(gateway, vpc, table, trail)) return;
  if (gateway.routes === null) {
    trail.doubt(`The routes of ${id} are not known.`);
    return;
  }
  const onward = transitRoute(gateway, vpc?.id ?? null, '1.1.1.1');
  if (onward === null) {
    trail.break({
      rule: 'return-route',
      resources: [gateway.id, table.id],
      evidence: [`no route of ${gateway.id} leads 0.0.0.0/0 on`],
      facts: { table: gateway.id, link: gateway.id, cidr: '0.0.0.0/0', direction: 'there' },
      causes: [1],
    });
    return;
  }
  if (onward.blackhole) {
    trail.break({
      rule: 'blackhole-route',
      resources: [gateway.id, table.id],
      evidence: [`${gateway.id} drops ${onward.destination}`],
      facts: { table: gateway.id, target: '' },
    });
    return;
  }
  const exit = gateway.attachments.find((each) => each.id === onward.attachment_id)?.vpc_id ?? null;
  if (exit === null || !index.vpcs.has(exit)) trail.doubt(`What is behind ${id} is not part of what was collected.`);
  else checkWayBack(index, gateway, vpc, exit, trail);
}

type Gateway = SnapshotIndex['snapshot']['transit_gateways'][number];

function hasAttachment(gateway: Gateway, vpc: Vpc | null, table: RouteTable, trail: Trail): boolean {
  const attachment = attachmentOf(gateway, vpc?.id ?? null);
  if (attachment && isAttached(attachment)) return true;
  trail.break({
    rule: 'return-route',
    resources: [attachment?.id ?? gateway.id, table.id],
    evidence: [
      attachment ? `${attachment.id} is ${attachment.state}` : `${vpc?.id} has no attachment to ${gateway.id}`,
    ],
    facts: { table: table.id, link: gateway.id, cidr: '', direction: 'state' },
  });
  return false;
}

/** Answers come in at the exit VPC's NAT: its public subnets have to route back, and the gateway's table too. */
function checkWayBack(index: SnapshotIndex, gateway: Gateway, vpc: Vpc | null, exit: string, trail: Trail): void {
  const own = vpc?.cidrs?.[0];
  if (!own) return;
  if (transitRoute(gateway, exit, own) === null)
    trail.break({
      rule: 'return-route',
      resources: [gateway.id],
      evidence: [`no route of ${gateway.id} leads back to ${own}`],
      facts: { table: gateway.id, link: gateway.id, cidr: own, direction: 'back' },
    });
  const backs = index.snapshot.route_tables.filter(
    ({ vpc_id, routes }) => vpc_id === exit && routes.some(({ target }) => target.kind === 'internet_gateway'),
  );
  for (const back of backs) {
    const route = lookUpRoute(back, index.vpcs.get(exit) ?? null, own.split('/')[0] ?? '', []);
    if (!back.routes_known || route?.target.id === gateway.id) continue;
    trail.break({
      rule: 'return-route',
      resources: [back.id, gateway.id],
      evidence: [`${back.id} in ${exit} has no route back to ${own}`],
      facts: { table: back.id, link: gateway.id, cidr: own, direction: 'back' },
    });
  }
}
