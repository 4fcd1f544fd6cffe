import { functionOf, mappingsFrom } from '../snapshot/lookups.ts';
import type { LambdaFunction, Snapshot } from '../snapshot/snapshot.ts';

type Mapping = Snapshot['mappings'][number];

/** The functions that poll a queue, with their mappings. */
export function consumersOf(
  snapshot: Snapshot,
  queue: Pick<Snapshot['queues'][number], 'id' | 'arn'>,
): { readonly fn: LambdaFunction; readonly mapping: Mapping }[] {
  return mappingsFrom(snapshot, queue.arn, queue.id).flatMap((mapping) => {
    const fn = functionOf(snapshot, mapping.function_id);
    return fn ? [{ fn, mapping }] : [];
  });
}
