import type { Need } from '../needs/need.ts';
import type { RouteTable, Snapshot, Vpc } from '../snapshot/snapshot.ts';
import { containsRange } from './cidr.ts';
import { checkAclsBetween, checkEgress, type Sender } from './endpoint-hops.ts';
import { groupPassage } from './group-passage.ts';
import type { Trail } from './path.ts';
import { lookUpRoute } from './route-lookup.ts';
import type { SnapshotIndex } from './snapshot-index.ts';

/** A database or cache of the snapshot: in the same VPC, in a peered one, or out of reach. */
export function followDatabase(index: SnapshotIndex, sender: Sender, vpc: Vpc | null, need: Need, trail: Trail): void {
  const database = index.databases.get(need.target_id ?? '');
  if (!database) {
    trail.doubt(`${need.host} is not part of what was collected.`);
    return;
  }
  const cidrs = database.subnet_ids.flatMap((id) => index.subnets.get(id)?.cidr ?? []);
  checkEgress(
    index,
    sender,
    need,
    { cidrs, group_ids: database.group_ids ?? [], prefix_list: null },
    trail,
    database.id,
  );
  trail.hop('database', database.id);
  if (database.vpc_id === null || vpc === null) trail.doubt(`The VPC of ${database.id} is not known.`);
  else if (database.vpc_id === vpc.id) {
    trail.way = 'inside the VPC';
    for (const id of database.subnet_ids) checkAclsBetween(index, sender.subnet_id, id, need.port, trail);
  } else if (!followToVpc(index, sender, vpc, database.vpc_id, cidrs, need, trail)) {
    trail.break({
      rule: 'outside-vpc',
      resources: [need.function_id, database.id],
      evidence: [
        `the function is in ${vpc.id}, ${database.id} in ${database.vpc_id}`,
        'no peering and no transit gateway joins them',
      ],
      facts: { database: database.id, vpc: database.vpc_id, host: need.host },
    });
  }
  checkDatabaseGroup(index, sender, database, need, trail);
}

export function checkDatabaseGroup(
  index: SnapshotIndex,
  sender: Sender,
  database: Snapshot['databases'][number],
  need: Need,
  trail: Trail,
): void {
  if (database.group_ids === null) {
    trail.doubt(`The security groups of ${database.id} are not known.`);
    return;
  }
  const own = index.subnets.get(sender.subnet_id)?.cidr;
  const passage = groupPassage(
    index.groupsOf(database.group_ids),
    'ingress',
    need.port,
    { cidrs: own ? [own] : [], group_ids: sender.group_ids ?? [], prefix_list: null },
    index.snapshot.prefix_lists,
  );
  if (passage === 'unknown') trail.doubt(`The ingress rules of ${database.group_ids.join(', ')} are not known.`);
  if (passage !== 'no' && passage !== 'some') return;
  trail.break({
    rule: 'database-group-closed',
    resources: [database.group_ids[0] ?? database.id, database.id],
    evidence: [
      `ingress of ${database.group_ids.join(', ')} admits no TCP ${need.port} from ${sender.group_ids?.join(', ') ?? own}`,
    ],
    facts: {
      database: database.id,
      group: database.group_ids[0] ?? '',
      source: sender.group_ids?.[0] ?? own ?? '',
      port: String(need.port),
    },
  });
}

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
    ({ requester_vpc_id: a, accepter_vpc_id: b }) => (a === vpc.id && b === otherId) || (b === vpc.id && a === otherId),
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
    const gateway = snapshot.transit_gateways.find(({ id }) => id === target.id);
    const attachment = gateway?.attachments.find(({ vpc_id }) => vpc_id === own?.vpc_id);
    if (gateway && gateway.attachments.length > 0 && !attachment)
      trail.break({
        rule: 'return-route',
        resources: [gateway.id, table.id],
        evidence: [`${own?.vpc_id} has no attachment to ${gateway.id}`],
        facts: { table: table.id, link: gateway.id, cidr: '', direction: 'state' },
      });
    const range = own?.cidr;
    if (
      gateway?.routes &&
      range &&
      other !== null &&
      !gateway.routes.some(({ destination, blackhole }) => !blackhole && containsRange(destination, range))
    )
      trail.break({
        rule: 'return-route',
        resources: [gateway.id],
        evidence: [`no route of ${gateway.id} leads back to ${range}`],
        facts: { table: gateway.id, link: gateway.id, cidr: range, direction: 'back' },
      });
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

/** A mount target in the function's zone, which lets NFS in. */
export function followFiles(index: SnapshotIndex, sender: Sender, vpc: Vpc | null, need: Need, trail: Trail): void {
  const { snapshot } = index;
  const point = snapshot.access_points.find(({ id }) => need.resources.includes(id));
  if (need.target_id === null) {
    trail.doubt(
      point ? `The file system of ${point.id} is not known.` : `${need.host} is not part of what was collected.`,
    );
    return;
  }
  trail.hop('file system', need.target_id);
  const targets = snapshot.mount_targets.filter(({ file_system_id }) => file_system_id === need.target_id);
  if (targets.length === 0 && !snapshot.file_systems.some(({ id }) => id === need.target_id)) {
    trail.doubt(`${need.target_id} is not part of what was collected.`);
    return;
  }
  trail.way = 'inside the VPC';
  const zone = index.subnets.get(sender.subnet_id)?.zone ?? null;
  const here = targets.filter(
    ({ subnet_id }) => subnet_id !== null && index.subnets.get(subnet_id)?.vpc_id === vpc?.id,
  );
  const near = targets.filter(
    ({ subnet_id }) =>
      subnet_id === sender.subnet_id ||
      (zone !== null &&
        here.some((target) => target.subnet_id === subnet_id) &&
        index.subnets.get(subnet_id ?? '')?.zone === zone),
  );
  if (near.length === 0) {
    if (targets.length > 0 && zone === null) {
      trail.doubt(`The zone of ${sender.subnet_id} is not known.`);
      trail.break({
        rule: 'no-mount-target',
        resources: [need.target_id, sender.subnet_id],
        evidence: [
          `${need.target_id} has mount targets in ${targets.map(({ subnet_id }) => subnet_id).join(', ')}, and none in ${sender.subnet_id}, whose zone is not known`,
        ],
        facts: { files: need.target_id, zone: '', subnet: sender.subnet_id },
        soft: true,
      });
    } else
      trail.break({
        rule: 'no-mount-target',
        resources: [need.target_id, sender.subnet_id],
        evidence: [
          targets.length === 0
            ? `${need.target_id} has no mount target`
            : here.length === 0
              ? `no mount target of ${need.target_id} is in ${vpc?.id}`
              : `no mount target of ${need.target_id} is in ${zone}, where ${sender.subnet_id} is`,
        ],
        facts: { files: need.target_id, zone: zone ?? '', subnet: sender.subnet_id },
      });
    return;
  }
  for (const target of near) {
    checkEgress(
      index,
      sender,
      need,
      { cidrs: cidrsOf(index, target.subnet_id), group_ids: target.group_ids ?? [], prefix_list: null },
      trail,
      target.id,
    );
    trail.hop('mount target', target.id);
    if (target.state !== 'available')
      trail.break({
        rule: 'no-mount-target',
        resources: [target.id],
        evidence: [`${target.id} is ${target.state}`],
        facts: { files: need.target_id, zone: zone ?? '', subnet: sender.subnet_id },
      });
    if (target.subnet_id !== null) checkAclsBetween(index, sender.subnet_id, target.subnet_id, need.port, trail);
    if (target.group_ids === null) {
      trail.doubt(`The security groups of ${target.id} are not known.`);
      continue;
    }
    const own = index.subnets.get(sender.subnet_id)?.cidr;
    const passage = groupPassage(
      index.groupsOf(target.group_ids),
      'ingress',
      need.port,
      { cidrs: own ? [own] : [], group_ids: sender.group_ids ?? [], prefix_list: null },
      snapshot.prefix_lists,
    );
    if (passage === 'no' || passage === 'some')
      trail.break({
        rule: 'files-port-closed',
        resources: [target.group_ids[0] ?? target.id, target.id],
        evidence: [
          `ingress of ${target.group_ids.join(', ')} admits no TCP ${need.port} from ${sender.group_ids?.join(', ') ?? own}`,
        ],
        facts: {
          group: target.group_ids[0] ?? '',
          port: String(need.port),
          towards: target.id,
          side: 'ingress',
          source: sender.group_ids?.[0] ?? own ?? '',
        },
      });
  }
}

function cidrsOf(index: SnapshotIndex, subnetId: string | null): string[] {
  const cidr = subnetId === null ? undefined : index.subnets.get(subnetId)?.cidr;
  return cidr ? [cidr] : [];
}
