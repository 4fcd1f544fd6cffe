/** A range of addresses, IPv4 only: IPv6 ranges are compared as text where they matter at all. */
export interface AddressRange {
  readonly first: number;
  readonly last: number;
  readonly prefix: number;
}

const cache = new Map<string, AddressRange | null>();

/** Of a CIDR block or one address; null for anything else (IPv6 too). */
export function rangeOf(cidr: string): AddressRange | null {
  const known = cache.get(cidr);
  if (known !== undefined) return known;
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\/(\d{1,2}))?$/.exec(cidr);
  let range: AddressRange | null = null;
  if (match) {
    const [a = 256, b = 256, c = 256, d = 256] = match.slice(1, 5).map(Number);
    const prefix = match[5] === undefined ? 32 : Number(match[5]);
    if (Math.max(a, b, c, d) <= 255 && prefix <= 32) {
      const size = 2 ** (32 - prefix);
      const address = ((a * 256 + b) * 256 + c) * 256 + d;
      const first = address - (address % size);
      range = { first, last: first + size - 1, prefix };
    }
  }
  if (cache.size < 100_000) cache.set(cidr, range);
  return range;
}

export function containsRange(outer: string, inner: string): boolean {
  const [a, b] = [rangeOf(outer), rangeOf(inner)];
  return a !== null && b !== null && a.first <= b.first && b.last <= a.last;
}

export function overlapping(one: string, other: string): boolean {
  const [a, b] = [rangeOf(one), rangeOf(other)];
  return a !== null && b !== null && a.first <= b.last && b.first <= a.last;
}

export function isIpv6(cidr: string): boolean {
  return cidr.includes(':');
}

const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16', '127.0.0.0/8'];

/** RFC 1918, RFC 6598, link-local and loopback: what no internet route leads to. */
export function isPrivateAddress(address: string): boolean {
  return PRIVATE.some((range) => containsRange(range, address));
}

export function formatIpv4(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}

/** AWS keeps the first four addresses and the last of each subnet. */
export function usableAddresses(cidr: string): number | null {
  const range = rangeOf(cidr);
  return range === null ? null : Math.max(0, range.last - range.first + 1 - 5);
}
