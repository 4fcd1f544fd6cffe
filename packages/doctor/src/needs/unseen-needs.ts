import { knowsVariables } from '../snapshot/known-variables.ts';
import type { LambdaFunction, RouteTable, Snapshot } from '../snapshot/snapshot.ts';
import { makeNeed, type Need } from './need.ts';

const NATS = ['nat_gateway', 'network_interface', 'instance', 'missing'];

/** Stands for hosts that nobody can know yet. */
const UNSEEN_HOST = 'the internet';

/**
 * Where a plan does not say a function's variables, the network says what is meant: a way out through a NAT is there to
 * be used. What is broken on it is a warning, since no host is known.
 */
export function unseenNeeds(fn: LambdaFunction, snapshot: Snapshot): Need[] {
  const vpc = fn.vpc?.vpc_id;
  if (!vpc || knowsVariables(fn)) return [];
  const tables = snapshot.route_tables.filter(({ vpc_id }) => vpc_id === vpc);
  const main = snapshot.vpcs.find(({ id }) => id === vpc)?.main_route_table_id;
  const placed = new Set(tables.flatMap(({ subnet_ids }) => subnet_ids));
  const usesMain = fn.vpc?.subnet_ids?.some((id) => !placed.has(id)) === true;
  const own = tables.filter(
    ({ id, subnet_ids }) =>
      subnet_ids.some((subnet) => fn.vpc?.subnet_ids?.includes(subnet)) || (usesMain && id === main),
  );
  const hasNat =
    snapshot.nat_gateways.some(({ subnet_id }) => isIn(snapshot, subnet_id, vpc)) ||
    snapshot.network_interfaces.some((face) => face.source_dest_check === false && isIn(snapshot, face.subnet_id, vpc));
  const leadsOut = own.some(hasDefaultRoute);
  if (!leadsOut && !(hasNat && !tables.some(leadsToNat))) return [];
  return [
    makeNeed({
      function_id: fn.id,
      kind: 'host',
      host: UNSEEN_HOST,
      port: 443,
      certainty: 'inferred',
      required: false,
      source: 'its variables are not known yet',
    }),
  ];
}

function hasDefaultRoute({ routes }: RouteTable): boolean {
  return routes.some(({ destination }) => destination === '0.0.0.0/0');
}

function leadsToNat({ routes }: RouteTable): boolean {
  return routes.some(({ destination, target }) => destination === '0.0.0.0/0' && NATS.includes(target.kind));
}

function isIn(snapshot: Snapshot, subnet: string | null, vpc: string): boolean {
  return snapshot.subnets.some(({ id, vpc_id }) => id === subnet && vpc_id === vpc);
}
