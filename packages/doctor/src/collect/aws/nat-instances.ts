import type { Snapshot } from '../../snapshot/snapshot.ts';

/** Instances that a default route leads to, or whose source/destination check is off. */
export function natInstances(snapshot: Snapshot): Snapshot['instances'] {
  const targets = new Set(
    snapshot.route_tables.flatMap(({ routes }) =>
      routes.flatMap(({ destination, target }) =>
        destination === '0.0.0.0/0' && (target.kind === 'network_interface' || target.kind === 'instance')
          ? (target.id ?? [])
          : [],
      ),
    ),
  );
  return snapshot.instances.filter(
    ({ id, source_dest_check, interface_ids }) =>
      source_dest_check === false ||
      targets.has(id) ||
      interface_ids.some((face) => targets.has(face)) ||
      snapshot.network_interfaces.some(
        ({ id: face, source_dest_check: check }) => interface_ids.includes(face) && check === false,
      ),
  );
}
