import type { Snapshot } from '../snapshot/snapshot.ts';
import { containsRange, rangeOf } from './cidr.ts';

type Gateway = Snapshot['transit_gateways'][number];
type TransitRoute = NonNullable<Gateway['routes']>[number];

/** The route that a transit gateway chooses for what comes from a VPC: of the table of its attachment, longest prefix. */
export function transitRoute(gateway: Gateway, fromVpc: string | null, cidr: string): TransitRoute | null {
  const table = gateway.attachments.find(({ vpc_id }) => vpc_id === fromVpc)?.table_id ?? null;
  let best: TransitRoute | null = null;
  for (const route of gateway.routes ?? []) {
    if (table !== null && route.table_id !== null && route.table_id !== table) continue;
    if (!containsRange(route.destination, cidr)) continue;
    if (best === null || (rangeOf(route.destination)?.prefix ?? -1) > (rangeOf(best.destination)?.prefix ?? -1))
      best = route;
  }
  return best;
}

/** Attached, and not on its way out or refused. */
export function attachmentOf(gateway: Gateway, vpc: string | null): Gateway['attachments'][number] | null {
  const own = gateway.attachments.filter(({ vpc_id }) => vpc_id === vpc);
  return own.find(isAttached) ?? own[0] ?? null;
}

export function isAttached({ state }: Gateway['attachments'][number]): boolean {
  return state === 'available' || state === 'modifying';
}
