import type { Need } from '../needs/need.ts';
import type { RouteTable, Snapshot } from '../snapshot/snapshot.ts';
import { groupPassage } from './group-passage.ts';
import { followNatSubnet } from './internet-hops.ts';
import type { Trail } from './path.ts';
import type { SnapshotIndex } from './snapshot-index.ts';

/** A NAT that is an instance: everything that configuration says of its interface and itself. */
export function followNatInstance(
  index: SnapshotIndex,
  target: { readonly kind: 'network_interface' | 'instance'; readonly id: string },
  from: { readonly subnet_id: string; readonly group_ids: readonly string[] | null },
  table: RouteTable,
  addresses: readonly string[],
  need: Need,
  trail: Trail,
): void {
  trail.way = 'nat instance';
  trail.wayId = target.id;
  const { snapshot } = index;
  const face =
    target.kind === 'network_interface' ? snapshot.network_interfaces.find(({ id }) => id === target.id) : undefined;
  const instance = snapshot.instances.find(
    ({ id, interface_ids }) =>
      id === target.id || id === face?.instance_id || (face !== undefined && interface_ids.includes(face.id)),
  );
  if (!face && !instance) {
    trail.doubt(`${target.id}, where ${table.id} leads, is not part of this stack.`);
    return;
  }
  trail.hop('nat instance', target.id);
  checkAttachment(table, face, instance, trail);
  const check = face?.source_dest_check ?? instance?.source_dest_check ?? null;
  if (check === true)
    trail.break({
      rule: 'nat-source-dest-check',
      resources: [target.id],
      evidence: [`${target.id}: the source/destination check is on`],
      facts: { nat: target.id, kind: face ? 'interface' : 'instance' },
    });
  const groups = face?.group_ids ?? instance?.group_ids ?? null;
  checkNatGroups(index, target.id, groups, from, addresses, need, trail);
  checkGuest(snapshot, instance, target.id, trail);
  const hasAddress = face?.has_public_address ?? instance?.has_public_address ?? null;
  const subnetId = face?.subnet_id ?? instance?.subnet_id ?? null;
  if (hasAddress === false)
    trail.break({
      rule: 'nat-without-internet',
      resources: [target.id],
      evidence: [`${target.id} has no public address`],
      facts: { nat: target.id, subnet: subnetId ?? '', table: '', target: '' },
    });
  if (subnetId !== null) followNatSubnet(index, target.id, subnetId, from.subnet_id, addresses, need, trail);
}

function checkAttachment(
  table: RouteTable,
  face: Snapshot['network_interfaces'][number] | undefined,
  instance: Snapshot['instances'][number] | undefined,
  trail: Trail,
): void {
  const id = face?.id ?? instance?.id ?? '';
  if (face?.attached === false)
    trail.break({
      rule: 'blackhole-route',
      resources: [table.id, face.id],
      evidence: [`${table.id} leads to ${face.id}, which is attached to nothing`],
      facts: { table: table.id, target: face.id },
    });
  if (instance?.state && instance.state !== 'running' && instance.state !== 'pending')
    trail.break({
      rule: 'blackhole-route',
      resources: [instance.id, table.id],
      evidence: [`${table.id} leads to ${id}; the instance ${instance.id} is ${instance.state}`],
      facts: { table: table.id, target: instance.id },
    });
  if (instance?.checks && instance.checks !== 'ok' && instance.checks !== 'initializing')
    trail.break({
      rule: 'nat-guest',
      resources: [instance.id],
      evidence: [`status checks of ${instance.id}: ${instance.checks}`],
      facts: { nat: instance.id, what: 'its status checks fail' },
    });
}

function checkNatGroups(
  index: SnapshotIndex,
  nat: string,
  groups: readonly string[] | null,
  from: { readonly subnet_id: string; readonly group_ids: readonly string[] | null },
  addresses: readonly string[],
  need: Need,
  trail: Trail,
): void {
  if (groups === null) {
    trail.doubt(`The security groups of ${nat} are not known.`);
    return;
  }
  const lists = index.snapshot.prefix_lists;
  const cidr = index.subnets.get(from.subnet_id)?.cidr;
  const ingress = groupPassage(
    index.groupsOf(groups),
    'ingress',
    need.port,
    { cidrs: cidr ? [cidr] : [], group_ids: from.group_ids ?? [], prefix_list: null },
    lists,
  );
  const egress = groupPassage(
    index.groupsOf(groups),
    'egress',
    need.port,
    { cidrs: addresses, group_ids: null, prefix_list: null },
    lists,
  );
  for (const [direction, passage, what] of [
    ['ingress', ingress, `from ${from.group_ids?.join(', ') ?? cidr}`],
    ['egress', egress, 'to the internet'],
  ] as const)
    if (passage === 'no' || (passage === 'some' && direction === 'ingress'))
      trail.break({
        rule: 'nat-group-closed',
        resources: [groups[0] ?? nat, nat],
        evidence: [`${direction} of ${groups.join(', ')} admits no TCP ${need.port} ${what}`],
        facts: {
          group: groups[0] ?? '',
          nat,
          direction,
          source: from.group_ids?.[0] ?? cidr ?? '',
          port: String(need.port),
        },
      });
}

/** What user data says; the rest only the guest itself knows. */
function checkGuest(
  snapshot: Snapshot,
  instance: Snapshot['instances'][number] | undefined,
  nat: string,
  trail: Trail,
): void {
  if (!instance) return;
  const lacks = [
    ...(instance.guest_forwards === false ? ['forwarding (net.ipv4.ip_forward)'] : []),
    ...(instance.guest_masquerades === false ? ['masquerading'] : []),
  ];
  if (lacks.length === 0) return;
  trail.break({
    rule: 'nat-guest',
    resources: [instance.id, nat],
    evidence: [
      `${snapshot.source.kind === 'aws' ? 'the guest' : 'user data'} of ${instance.id} has no ${lacks.join(' and no ')}`,
    ],
    facts: { nat: instance.id, what: `it sets up no ${lacks.join(' and no ')}` },
  });
}
