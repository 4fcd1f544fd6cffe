import type { Need } from '../needs/need.ts';
import type { Vpc } from '../snapshot/snapshot.ts';
import { groupPassage } from './group-passage.ts';
import { checkAclsBetween, checkEgress, type Sender } from './passages.ts';
import type { Trail } from './path.ts';
import type { SnapshotIndex } from './snapshot-index.ts';

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
