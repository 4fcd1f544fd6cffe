import type { Finding } from './finding.ts';

/** A finding that explains others: `id` of the root, ids of what follows from it where a resource or function is shared. */
const EXPLAINS: readonly (readonly [root: RegExp, consequence: RegExp])[] = [
  // Where names do not resolve, everything behind them is a consequence.
  [/^(vpc-dns-off)$/, /^(private-dns-off|private-dns-unused|interface-endpoint-missing)$/],
  // No way to a service explains an initialisation that waits for it.
  [
    /^(no-default-route|interface-endpoint-missing|gateway-endpoint-missing|private-dns-off|endpoint-group-closed|function-egress-closed|acl-blocks|blackhole-route|nat-.*|public-subnet|vpc-dns-off)$/,
    /^init-reads-network$/,
  ],
  // A public subnet explains that the gateway was of no use.
  [/^public-subnet$/, /^(no-private-link|interface-endpoint-missing)$/],
  [/^gateway-detached$/, /^nat-without-internet$/],
  [/^blackhole-route$/, /^nat-without-internet$/],
  // A function that is not let out explains what the other side's rules would have said to it.
  [/^(no-default-route|blackhole-route|nat-.*|gateway-detached)$/, /^no-private-link$/],
];

/** Takes consequences out and names them in `hides` of their root; the root inherits their causes where they are its kin. */
export function hideConsequences(findings: readonly Finding[]): Finding[] {
  const hidden = new Set<Finding>();
  const roots = new Map<Finding, Finding[]>();
  const candidates = findings.filter(({ id }) => EXPLAINS.some(([from]) => from.test(id)));
  const consequences = findings.filter(({ id }) => EXPLAINS.some(([, to]) => to.test(id)));
  for (const consequence of consequences) {
    const root = candidates.find(
      (candidate) => candidate !== consequence && !hidden.has(candidate) && explains(candidate, consequence),
    );
    if (!root) continue;
    hidden.add(consequence);
    roots.set(root, [...(roots.get(root) ?? []), consequence]);
  }
  return findings.flatMap((finding) => {
    if (hidden.has(finding)) return [];
    const own = roots.get(finding) ?? [];
    if (own.length === 0) return [finding];
    return [
      {
        ...finding,
        causes: [...new Set([...finding.causes, ...own.flatMap(({ causes }) => causes)])],
        hides: [...finding.hides, ...own.map(({ id, message }) => `${id}: ${message}`)],
      },
    ];
  });
}

function explains(root: Finding, consequence: Finding): boolean {
  if (!EXPLAINS.some(([from, to]) => from.test(root.id) && to.test(consequence.id))) return false;
  return (
    consequence.functions.some((name) => root.functions.includes(name)) ||
    consequence.resources.some((id) => root.resources.includes(id))
  );
}
