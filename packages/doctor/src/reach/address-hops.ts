import type { Need } from '../needs/need.ts';
import type { Vpc } from '../snapshot/snapshot.ts';
import { containsRange } from './cidr.ts';
import { followCrossing } from './crossing-hops.ts';
import { checkEgress, type Sender } from './passages.ts';
import type { Trail } from './path.ts';
import { followRoute } from './route-hops.ts';
import { lookUpRoute } from './route-lookup.ts';
import type { SnapshotIndex } from './snapshot-index.ts';

/** A private address: inside the VPC, or through a link to another network. */
export function followPrivate(
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
      ({ cidrs, id }) => id !== vpc?.id && cidrs?.some((cidr) => containsRange(cidr, address)),
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
