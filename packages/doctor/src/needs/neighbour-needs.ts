import { roleOf } from '../snapshot/lookups.ts';
import type { LambdaFunction, Snapshot } from '../snapshot/snapshot.ts';
import { makeNeed, type Need } from './need.ts';

/** A database next door that admits the function's group, or whose port the function's group lets out, is meant. */
export function neighbourNeeds(fn: LambdaFunction, snapshot: Snapshot): Need[] {
  const groups = fn.vpc?.group_ids ?? [];
  if (fn.vpc === null || groups.length === 0) return [];
  return snapshot.databases.flatMap((database) => {
    const { port, hosts } = database;
    if (database.vpc_id === null || database.vpc_id !== fn.vpc?.vpc_id || port === null) return [];
    const admits = snapshot.security_groups
      .filter(({ id }) => database.group_ids?.includes(id))
      .some(({ ingress }) =>
        ingress?.some((rule) => rule.groups.some((id) => groups.includes(id)) && covers(rule, port)),
      );
    const letsOut = snapshot.security_groups
      .filter(({ id }) => groups.includes(id))
      .some(({ egress }) =>
        egress?.some(
          (rule) => rule.protocol !== '-1' && covers(rule, port) && (rule.to_port ?? 0) - (rule.from_port ?? 0) < 100,
        ),
      );
    const signsIn = roleOf(snapshot, fn)?.statements.some(
      ({ effect, actions }) =>
        effect === 'Allow' && actions.some((action) => /^(rds-db:connect|elasticache:connect|dax:)/i.test(action)),
    );
    if (!admits && !letsOut && !(signsIn && snapshot.databases.length === 1) && !isNamedLikeDatabase(fn, snapshot))
      return [];
    const source = admits
      ? `${database.id} admits its group`
      : letsOut
        ? `its group lets out port ${port}`
        : signsIn
          ? 'its role signs in to a database'
          : 'a variable of a database';
    return [
      makeNeed({
        function_id: fn.id,
        kind: 'database',
        host: hosts[0] ?? database.id,
        port,
        target_id: database.id,
        certainty: 'inferred',
        required: true,
        source,
      }),
    ];
  });
}

/** `DB_HOST` and the like whose value is not known, and only one database that it can be. */
function isNamedLikeDatabase(fn: LambdaFunction, snapshot: Snapshot): boolean {
  if (snapshot.databases.length !== 1) return false;
  return Object.entries(fn.environment ?? {}).some(
    ([name, value]) =>
      value === null &&
      /^(DB|DATABASE|PG|MYSQL|POSTGRES|RDS|REDIS|CACHE)_?(HOST|URL|ENDPOINT|ADDRESS|PROXY)/i.test(name),
  );
}

function covers(
  { protocol, from_port, to_port }: { protocol: string; from_port: number | null; to_port: number | null },
  port: number,
): boolean {
  return protocol === '-1' || (protocol === 'tcp' && (from_port ?? 0) <= port && port <= (to_port ?? 65_535));
}
