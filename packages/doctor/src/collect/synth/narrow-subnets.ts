import { SnapshotIndex } from '../../reach/snapshot-index.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import { labelOf } from './resource.ts';

/**
 * A plan says "of `aws_subnet.all`", not which ones a `for … if` took. Where those are public and private ones, a
 * function's are taken to be the private ones, and it is said.
 */
export function narrowSubnets(snapshot: Snapshot): void {
  const index = new SnapshotIndex(snapshot);
  const isPublic = (id: string) =>
    index.tableOf(id)?.routes.some(({ target }) => target.kind === 'internet_gateway') === true;
  for (const { name, vpc } of snapshot.functions) {
    const ids = vpc?.subnet_ids ?? [];
    const labels = new Set(ids.map((address) => labelOf({ address })));
    const [label] = labels;
    if (vpc === null || label === undefined || labels.size !== 1 || labels.has(ids[0] ?? '')) continue;
    const instances = snapshot.subnets.filter(({ id }) => labelOf({ address: id }) === label);
    const inner = ids.filter((id) => !isPublic(id));
    if (instances.length !== ids.length || inner.length === 0 || inner.length === ids.length) continue;
    vpc.subnet_ids = inner;
    snapshot.not_checked.push(
      `The plan says of ${name} that its subnets are of ${label}, not which: those without a route to an internet gateway were examined.`,
    );
  }
}
