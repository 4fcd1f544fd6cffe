/** What a NAT instance says of itself. */
export interface GuestReport {
  readonly forwards: boolean | null;
  readonly masquerades: boolean | null;
  /** Of its table of connections, in per cent. */
  readonly connections_percent: number | null;
}

/** Reads only: sent through Systems Manager (AWS-RunShellScript). */
export const GUEST_QUESTIONS = [
  'echo "ip_forward=$(sysctl -n net.ipv4.ip_forward)"',
  'echo "masquerade=$( (nft list ruleset 2>/dev/null; iptables -t nat -S 2>/dev/null) | grep -ciE "masquerade|snat" )"',
  'echo "conntrack=$(cat /proc/sys/net/netfilter/nf_conntrack_count 2>/dev/null)/$(cat /proc/sys/net/netfilter/nf_conntrack_max 2>/dev/null)"',
] as const;

/** The answer to those questions; what it does not say is null. */
export function readGuestReport(output: string): GuestReport {
  const forward = /ip_forward=(\d)/.exec(output)?.[1];
  const rules = /masquerade=(\d+)/.exec(output)?.[1];
  const [, count, max] = /conntrack=(\d+)\/(\d+)/.exec(output) ?? [];
  return {
    forwards: forward === undefined ? null : forward === '1',
    masquerades: rules === undefined ? null : Number(rules) > 0,
    connections_percent: count && max && Number(max) > 0 ? Math.round((Number(count) / Number(max)) * 100) : null,
  };
}
