import type { Need } from '../needs/need.ts';
import { aclPassage } from './acl-passage.ts';
import { groupPassage } from './group-passage.ts';
import type { Trail } from './path.ts';
import type { SnapshotIndex } from './snapshot-index.ts';
import { CLIENT_PORTS, onePort } from './verdict.ts';

export interface Sender {
  readonly function_id: string;
  readonly subnet_id: string;
  readonly group_ids: readonly string[] | null;
}

/** The function's groups let the connection out. */
export function checkEgress(
  index: SnapshotIndex,
  sender: Sender,
  need: Need,
  peer: Parameters<typeof groupPassage>[3],
  trail: Trail,
  towards: string,
): void {
  if (sender.group_ids === null) {
    trail.doubt('The security groups of the function are not known.');
    return;
  }
  for (const id of sender.group_ids) trail.hop('security group', id);
  const passage = groupPassage(
    index.groupsOf(sender.group_ids),
    'egress',
    need.port,
    peer,
    index.snapshot.prefix_lists,
  );
  if (passage === 'unknown')
    trail.doubt(`The egress rules of ${sender.group_ids.join(', ')} are not known as a whole.`);
  // Some addresses of a public host may be left out on purpose; of a range in the VPC, all are needed.
  if (passage === 'some' && peer.group_ids === null && need.kind === 'host')
    trail.doubt(`The egress rules of ${sender.group_ids.join(', ')} admit part of the internet only.`);
  else if (passage === 'no' || passage === 'some')
    trail.break({
      rule: need.kind === 'file_system' ? 'files-port-closed' : 'function-egress-closed',
      resources: [...sender.group_ids],
      evidence: [
        `egress of ${sender.group_ids.join(', ')} ${passage === 'some' ? 'admits only part of' : 'admits no'} TCP ${need.port} to ${towards}`,
      ],
      facts: { group: sender.group_ids[0] ?? '', port: String(need.port), towards, side: 'egress' },
      ...(need.kind === 'file_system' ? { causes: [16] } : {}),
    });
}

/** Outbound to public addresses from a subnet, and the answers back into it. */
export function checkPublicAcl(
  index: SnapshotIndex,
  subnetId: string,
  addresses: readonly string[],
  need: Need,
  trail: Trail,
): void {
  const acl = index.aclOf(subnetId);
  if (acl === null) return;
  const refused = addresses.flatMap((address) => {
    const out = aclPassage(acl.entries, true, onePort(need.port), address);
    const back = aclPassage(acl.entries, false, CLIENT_PORTS, address);
    return [
      ...(out.passage === 'no' || out.passage === 'some'
        ? [refusal(acl.id, 'outbound', `port ${need.port} to ${address}`, out.refused_by)]
        : []),
      ...(back.passage === 'no' || back.passage === 'some'
        ? [
            refusal(
              acl.id,
              'inbound',
              `return ports ${CLIENT_PORTS.from}-${CLIENT_PORTS.to} from ${address}`,
              back.refused_by,
            ),
          ]
        : []),
    ];
  });
  if (refused.length === 0) return;
  const isPartial = addresses.length > 1 && refused.length < addresses.length && need.kind === 'host';
  if (isPartial) trail.doubt(`The network ACL ${acl.id} refuses part of the internet.`);
  else
    trail.break({
      rule: 'acl-blocks',
      resources: [acl.id, subnetId],
      evidence: refused.slice(0, 3),
      facts: { acl: acl.id, subnet: subnetId, port: String(need.port) },
    });
}

function refusal(acl: string, direction: string, what: string, number: number | null): string {
  return `${acl}, ${direction}: ${what} is refused by ${number === null ? 'the rule at the end (*)' : `rule ${number}`}`;
}

/** Both directions through the ACLs of two subnets. */
export function checkAclsBetween(
  index: SnapshotIndex,
  from: string,
  to: string,
  port: number,
  trail: Trail,
  soft = false,
): void {
  if (from === to) return;
  const [source, target] = [index.subnets.get(from), index.subnets.get(to)];
  if (!source?.cidr || !target?.cidr) return;
  const [sourceAcl, targetAcl] = [index.aclOf(from), index.aclOf(to)];
  const checks = [
    [sourceAcl, true, onePort(port), target.cidr, from],
    [targetAcl, false, onePort(port), source.cidr, to],
    [targetAcl, true, CLIENT_PORTS, source.cidr, to],
    [sourceAcl, false, CLIENT_PORTS, target.cidr, from],
  ] as const;
  for (const [acl, egress, ports, cidr, subnet] of checks) {
    if (!acl) continue;
    const { passage, refused_by } = aclPassage(acl.entries, egress, ports, cidr);
    if (passage !== 'no' && passage !== 'some') continue;
    const what = `${ports.from === ports.to ? `port ${ports.from}` : `return ports ${ports.from}-${ports.to}`} ${egress ? 'to' : 'from'} ${cidr}`;
    trail.break({
      rule: 'acl-blocks',
      resources: [acl.id, subnet],
      evidence: [refusal(acl.id, egress ? 'outbound' : 'inbound', what, refused_by)],
      facts: { acl: acl.id, subnet, port: String(port) },
      ...(soft ? { soft } : {}),
    });
  }
}
