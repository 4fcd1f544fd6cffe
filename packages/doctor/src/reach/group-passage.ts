import type { GroupRule, SecurityGroup, Snapshot } from '../snapshot/snapshot.ts';
import { containsRange, isIpv6, overlapping } from './cidr.ts';
import type { Passage } from './verdict.ts';

export interface Peer {
  /** Ranges or addresses that the other side has; all of them have to pass. */
  readonly cidrs: readonly string[];
  /** Its groups; null: it has none that rules could name. */
  readonly group_ids: readonly string[] | null;
  /** Name of the AWS prefix list that its addresses stand in (`com.amazonaws.us-east-1.s3`). */
  readonly prefix_list: string | null;
}

/** Whether stateful groups let a connection out to (or in from) a peer: answers need no rule. */
export function groupPassage(
  groups: readonly (SecurityGroup | null)[],
  direction: 'ingress' | 'egress',
  port: number,
  peer: Peer,
  prefixLists: Snapshot['prefix_lists'],
  protocol: 'tcp' | 'udp' = 'tcp',
): Passage {
  let isKnown = true;
  const rules: GroupRule[] = [];
  for (const group of groups) {
    const own = group === null ? null : group[direction];
    if (own === null) isKnown = false;
    else rules.push(...own.filter((rule) => admitsPort(rule, protocol, port)));
  }
  if (rules.some((rule) => rule.partly_unknown)) isKnown = false;
  if (rules.some((rule) => rule.groups.some((id) => peer.group_ids?.includes(id)))) return 'yes';
  const lists = rules
    .flatMap((rule) => rule.prefix_lists)
    .map((id) => prefixLists.find((list) => list.id === id) ?? null);
  if (peer.prefix_list !== null && lists.some((list) => list?.name === peer.prefix_list)) return 'yes';
  const ranges = [...rules.flatMap((rule) => rule.cidrs), ...lists.flatMap((list) => list?.cidrs ?? [])];
  const passing = peer.cidrs.filter((cidr) => ranges.some((range) => containsRange(range, cidr)));
  if (peer.cidrs.length > 0 && passing.length === peer.cidrs.length) return 'yes';
  if (!isKnown || lists.some((list) => list === null)) return 'unknown';
  const partly = peer.cidrs.some((cidr) => ranges.some((range) => overlapping(range, cidr)));
  if (passing.length > 0 || partly) return 'some';
  if (peer.cidrs.length === 0 && ranges.some((range) => !isIpv6(range))) return 'unknown';
  return 'no';
}

function admitsPort({ protocol, from_port, to_port }: GroupRule, wanted: string, port: number): boolean {
  if (protocol === '-1') return true;
  if (protocol !== wanted) return false;
  if (from_port === null || from_port === -1) return true;
  return from_port <= port && port <= (to_port ?? from_port);
}
