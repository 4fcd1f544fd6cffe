import { matchesAction } from '../policy/allows.ts';
import { roleOf } from '../snapshot/lookups.ts';
import type { LambdaFunction, Snapshot } from '../snapshot/snapshot.ts';
import { hostOfService } from './aws-hosts.ts';
import { declarationOf, declaredNeeds } from './declared-needs.ts';
import { withLegacyHosts } from './legacy-hosts.ts';
import { makeNeed, mergeNeeds, type Need } from './need.ts';
import { neighbourNeeds } from './neighbour-needs.ts';
import { policyNeeds } from './policy-needs.ts';
import { unseenNeeds } from './unseen-needs.ts';
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
        ...unseenNeeds(fn, snapshot),
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
  const role = roleOf(snapshot, fn);
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
  const role = roleOf(snapshot, fn);
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
