import type { AclEntry } from '../snapshot/snapshot.ts';
import { containsRange, isIpv6, overlapping } from './cidr.ts';
import type { Passage, PortRange } from './verdict.ts';

export interface AclVerdict {
  readonly passage: Passage;
  /** Number of the entry that refused, or null for the refusal at the end of every list. */
  readonly refused_by: number | null;
}

/**
 * Network ACLs are stateless: entries in the order of their numbers, the first that fits decides, nothing at the end
 * passes [VPC guide, "Network ACL rules"].
 */
export function aclPassage(
  entries: readonly AclEntry[] | null,
  egress: boolean,
  ports: PortRange,
  cidr: string,
): AclVerdict {
  if (entries === null) return { passage: 'unknown', refused_by: null };
  const fitting = entries
    .filter(
      (entry) =>
        entry.egress === egress && (entry.protocol === '-1' || entry.protocol === 'tcp') && !isIpv6(entry.cidr),
    )
    .toSorted((a, b) => a.number - b.number);
  let open: PortRange[] = [ports];
  let passed = false;
  let partly = false;
  let refusedBy: number | null | undefined;
  for (const entry of fitting) {
    if (open.length === 0) break;
    const isWhole = containsRange(entry.cidr, cidr);
    if (!isWhole && !overlapping(entry.cidr, cidr)) continue;
    const range = portsOf(entry);
    const hit = open.some((each) => each.from <= range.to && range.from <= each.to);
    if (!hit) continue;
    if (!isWhole) {
      // Part of the range only: what is behind it decides for the rest.
      partly = true;
      if (!entry.allow && refusedBy === undefined) refusedBy = entry.number;
      continue;
    }
    open = open.flatMap((each) => without(each, range));
    if (entry.allow) passed = true;
    else if (refusedBy === undefined) refusedBy = entry.number;
  }
  if (open.length > 0 && refusedBy === undefined) refusedBy = null;
  if (refusedBy === undefined) return { passage: 'yes', refused_by: null };
  return { passage: passed || partly ? 'some' : 'no', refused_by: refusedBy };
}

function portsOf({ protocol, from_port, to_port }: AclEntry): PortRange {
  if (protocol === '-1' || from_port === null) return { from: 0, to: 65_535 };
  return { from: from_port, to: to_port ?? from_port };
}

function without(range: PortRange, taken: PortRange): PortRange[] {
  return [
    { from: range.from, to: Math.min(range.to, taken.from - 1) },
    { from: Math.max(range.from, taken.to + 1), to: range.to },
  ].filter(({ from, to }) => from <= to);
}
