import type { Route, RouteTable, Snapshot, Vpc } from '../snapshot/snapshot.ts';
import { containsRange, rangeOf } from './cidr.ts';

/** The route that a table chooses for an address: the longest prefix; the VPC's own ranges are local. */
export function lookUpRoute(
  table: RouteTable,
  vpc: Vpc | null,
  address: string,
  prefixLists: Snapshot['prefix_lists'],
): Route | null {
  let best: Route | null = null;
  let length = -1;
  const take = (route: Route, cidr: string) => {
    const prefix = rangeOf(cidr)?.prefix ?? -1;
    if (prefix > length && containsRange(cidr, address)) {
      best = route;
      length = prefix;
    }
  };
  for (const cidr of vpc?.cidrs ?? [])
    take({ destination: cidr, target: { kind: 'local', id: null }, state: 'active' }, cidr);
  for (const route of table.routes) {
    take(route, route.destination);
    const list = prefixLists.find(({ id }) => id === route.destination);
    for (const cidr of list?.cidrs ?? []) take(route, cidr);
  }
  return best;
}

/** Whether the table has a default route for IPv6. */
export function hasIpv6Default(table: RouteTable): boolean {
  return table.routes.some(
    ({ destination, state, target }) => destination === '::/0' && state === 'active' && target.kind !== 'missing',
  );
}
