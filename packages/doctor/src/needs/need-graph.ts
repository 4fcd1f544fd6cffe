import { matchesAction } from '../policy/allows.ts';
import type { LambdaFunction, Snapshot } from '../snapshot/snapshot.ts';
import { hostOfService } from './aws-hosts.ts';
import { declarationOf, declaredNeeds } from './declared-needs.ts';
import { makeNeed, mergeNeeds, type Need } from './need.ts';
import { policyNeeds } from './policy-needs.ts';
import { hostOrDatabase, variableNeeds } from './variable-needs.ts';

/** Everything that every function has to reach, by host and port. */
export function needGraph(snapshot: Snapshot): ReadonlyMap<string, readonly Need[]> {
  const seenBy = (name: string) =>
    snapshot.logs.filter((log) => log.function === name).flatMap(({ hosts }) => hosts.map(({ host }) => host));
  return new Map(snapshot.functions.map((fn) => [fn.id, needsOf(fn, snapshot, seenBy(fn.name))]));
}

function needsOf(fn: LambdaFunction, snapshot: Snapshot, seen: readonly string[]): Need[] {
  const declared = declarationOf(fn, snapshot);
  const stated = declared
    ? declaredNeeds(fn, declared, snapshot)
    : [
        ...granted(fn, snapshot, variableNeeds(fn, snapshot)),
        ...policyNeeds(fn, snapshot),
        ...neighbourNeeds(fn, snapshot),
      ];
  return mergeNeeds(
    withLegacyHosts(fn, snapshot, [
      ...stated,
      ...mountNeeds(fn, snapshot),
      ...layerNeeds(fn, snapshot),
      ...seenNeeds(fn, snapshot, seen),
    ]),
  );
}

const PREFIXES: Readonly<Record<string, string>> = {
  'kinesis-streams': 'kinesis',
  'kinesis-firehose': 'firehose',
  'bedrock-runtime': 'bedrock',
  monitoring: 'cloudwatch',
  email: 'ses',
  'ecr.api': 'ecr',
};

/** A variable names what the role lets nobody call: a left-over. */
function granted(fn: LambdaFunction, snapshot: Snapshot, needs: readonly Need[]): Need[] {
  const role = snapshot.roles.find(({ id }) => id === fn.role_id);
  if (!role?.complete || role.statements.length === 0) return [...needs];
  return needs.filter(({ kind, service }) => {
    if (kind !== 'aws' || service === null || service === 'execute-api' || service === 'sts') return true;
    const prefix = PREFIXES[service] ?? service;
    return role.statements.some(
      (statement) =>
        statement.effect === 'Allow' &&
        (statement.actions.some((action) => action === '*' || action.toLowerCase().startsWith(`${prefix}:`)) ||
          (statement.not_actions.length > 0 && matchesAction(statement, `${prefix}:Any`))),
    );
  });
}

/** Files are mounted before the handler runs. */
function mountNeeds(fn: LambdaFunction, snapshot: Snapshot): Need[] {
  return fn.mounts.map(({ access_point_id, path }) => {
    const point = snapshot.access_points.find(({ id }) => id === access_point_id);
    const system = point?.file_system_id ?? null;
    return makeNeed({
      function_id: fn.id,
      kind: 'file_system',
      host: system ?? access_point_id ?? 'file system',
      port: 2049,
      target_id: system,
      resources: access_point_id === null ? [] : [access_point_id],
      certainty: 'declared',
      required: true,
      source: `mounted at ${path}`,
      at_init: true,
    });
  });
}

/** Extensions that read secrets and parameters while the function initialises. */
function layerNeeds(fn: LambdaFunction, snapshot: Snapshot): Need[] {
  if (!fn.layers.some((layer) => /AWS-Parameters-and-Secrets-Lambda-Extension/i.test(layer))) return [];
  const region = snapshot.region ?? 'us-east-1';
  const role = snapshot.roles.find(({ id }) => id === fn.role_id);
  const services = ['secretsmanager', 'ssm'].filter(
    (service) =>
      !role?.complete ||
      role.statements.some(({ actions }) =>
        actions.some((action) => action === '*' || action.toLowerCase().startsWith(`${service}:`)),
      ),
  );
  return services.map((service) =>
    makeNeed({
      function_id: fn.id,
      kind: 'aws',
      host: hostOfService(service, region),
      port: 443,
      service,
      certainty: 'inferred',
      required: true,
      source: 'layer AWS-Parameters-and-Secrets-Lambda-Extension',
      at_init: true,
    }),
  );
}

/** Hosts that stand in its log's time-outs. */
function seenNeeds(fn: LambdaFunction, snapshot: Snapshot, hosts: readonly string[]): Need[] {
  const base = { function_id: fn.id, certainty: 'inferred', required: true, source: 'its log' } as const;
  return hosts.map((entry) => {
    const [host = '', port = '443'] = entry.split(':');
    return hostOrDatabase(base, snapshot, host, Number(port));
  });
}

/** A database next door that admits the function's group, or whose port the function's group lets out, is meant. */
function neighbourNeeds(fn: LambdaFunction, snapshot: Snapshot): Need[] {
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
    const signsIn = snapshot.roles
      .find(({ id }) => id === fn.role_id)
      ?.statements.some(
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

/** SDKs that still call global hosts: older runtimes, or those that are told to. */
function withLegacyHosts(fn: LambdaFunction, snapshot: Snapshot, needs: readonly Need[]): Need[] {
  const isOld = /^(python3\.[678]|python2|nodejs(8|10|12|14|16)|java8(\.al2)?|ruby2\.7)/.test(fn.runtime ?? '');
  const sts = fn.environment?.AWS_STS_REGIONAL_ENDPOINTS;
  const s3 = fn.environment?.AWS_S3_US_EAST_1_REGIONAL_ENDPOINT;
  return needs.map((need) => {
    if (need.kind !== 'aws' || need.legacy || need.certainty === 'declared') return need;
    if (need.service === 'sts' && (sts === 'legacy' || (isOld && sts === undefined)))
      return {
        ...need,
        host: 'sts.amazonaws.com',
        legacy: true,
        source: `${need.source}; ${sts === 'legacy' ? 'AWS_STS_REGIONAL_ENDPOINTS=legacy' : `the SDK of ${fn.runtime}`} calls the global host`,
      };
    if (need.service === 's3' && s3 === 'legacy' && snapshot.region === 'us-east-1')
      return { ...need, host: 's3.amazonaws.com', legacy: true };
    if (need.service === 'sqs' && /^python3\.[67]/.test(fn.runtime ?? ''))
      return {
        ...need,
        host: `${snapshot.region}.queue.amazonaws.com`,
        legacy: true,
        source: `${need.source}; the SDK of ${fn.runtime} calls the legacy host`,
      };
    return need;
  });
}
