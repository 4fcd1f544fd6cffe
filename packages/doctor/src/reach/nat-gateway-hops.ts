import type { Need } from '../needs/need.ts';
import type { RouteTable } from '../snapshot/snapshot.ts';
import { followNatSubnet } from './internet-hops.ts';
import type { Sender } from './passages.ts';
import type { Trail } from './path.ts';
import type { SnapshotIndex } from './snapshot-index.ts';

/** A NAT gateway: its state, its kind, and the way out of its subnet. */
export function followNatGateway(
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
    if (index.snapshot.source.kind === 'aws' && !index.snapshot.unread.includes('nat_gateways'))
      trail.break({
        rule: 'blackhole-route',
        resources: [table.id, id],
        evidence: [`${table.id} leads to ${id}, which does not exist`],
        facts: { table: table.id, target: id },
      });
    else trail.doubt(`${id} is not part of what was collected.`);
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
