import type { LambdaFunction, Snapshot } from './snapshot.ts';

type Role = Snapshot['roles'][number];
type Mapping = Snapshot['mappings'][number];

/** Made once for a list: with a thousand functions a search for each is a million steps. */
function cached<T, V>(make: (list: readonly T[]) => V): (list: readonly T[]) => V {
  const known = new WeakMap<readonly T[], { readonly length: number; readonly value: V }>();
  return (list) => {
    const found = known.get(list);
    if (found && found.length === list.length) return found.value;
    const value = make(list);
    known.set(list, { length: list.length, value });
    return value;
  };
}

const rolesById = cached((roles: readonly Role[]) => new Map(roles.map((role) => [role.id, role])));
const functionsById = cached((functions: readonly LambdaFunction[]) => new Map(functions.map((fn) => [fn.id, fn])));
const mappingsByFunction = cached((mappings: readonly Mapping[]) =>
  Map.groupBy(mappings, ({ function_id }) => function_id),
);
const mappingsBySource = cached((mappings: readonly Mapping[]) => Map.groupBy(mappings, ({ source }) => source));

export function roleOf(snapshot: Snapshot, { role_id }: Pick<LambdaFunction, 'role_id'>): Role | undefined {
  return role_id === null ? undefined : rolesById(snapshot.roles).get(role_id);
}

export function functionOf(snapshot: Snapshot, id: string | null): LambdaFunction | undefined {
  return id === null ? undefined : functionsById(snapshot.functions).get(id);
}

/** What polls for a function. */
export function mappingsOf(snapshot: Snapshot, { id }: Pick<LambdaFunction, 'id'>): readonly Mapping[] {
  return mappingsByFunction(snapshot.mappings).get(id) ?? [];
}

/** What polls a queue or stream, by its ARN or id. */
export function mappingsFrom(snapshot: Snapshot, ...sources: readonly string[]): readonly Mapping[] {
  return [...new Set(sources)].flatMap((source) => mappingsBySource(snapshot.mappings).get(source) ?? []);
}
