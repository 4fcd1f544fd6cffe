/** An IPv4 CIDR block as numbers. */
export interface Ipv4Range {
  readonly first: number;
  readonly last: number;
  readonly prefix: number;
}

/** Throws on what is no block or has bits set behind its prefix: AWS refuses such a one only at apply. */
export function parseIpv4Range(cidr: string): Ipv4Range {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(cidr);
  const [a = 256, b = 256, c = 256, d = 256, prefix = 33] = (match?.slice(1) ?? []).map(Number);
  if (Math.max(a, b, c, d) > 255 || prefix > 32) throw new Error(`${cidr} is not an IPv4 range such as 10.0.0.0/16.`);
  const first = ((a * 256 + b) * 256 + c) * 256 + d;
  const size = 2 ** (32 - prefix);
  if (first % size !== 0)
    throw new Error(
      `${cidr} has bits set behind its /${prefix}: its network is ${formatIpv4(first - (first % size))}/${prefix}.`,
    );
  return { first, last: first + size - 1, prefix };
}

export function overlap(a: Ipv4Range, b: Ipv4Range): boolean {
  return a.first <= b.last && b.first <= a.last;
}

export function contains(outer: Ipv4Range, inner: Ipv4Range): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

function formatIpv4(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}
