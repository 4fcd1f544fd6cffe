import { wildcard } from '../policy/allows.ts';
import { mappingsOf, roleOf } from '../snapshot/lookups.ts';
import type { LambdaFunction, Snapshot, Statement } from '../snapshot/snapshot.ts';
import { POLLING, serviceOfAction, serviceOfArn } from './action-services.ts';
import { hostOfService } from './aws-hosts.ts';
import { makeNeed, type Need } from './need.ts';

/** What a role lets a function call, it probably calls: by explicit grants only, never by `*`. */
export function policyNeeds(fn: LambdaFunction, snapshot: Snapshot): Need[] {
  const role = roleOf(snapshot, fn);
  if (!role) return [];
  const sources = mappingsOf(snapshot, fn).flatMap(({ source }) => source ?? []);
  const byLambda = [
    fn.dead_letter_target,
    ...fn.async_destinations,
    ...sources,
    ...failureTargets(fn, snapshot),
  ].flatMap((each) => each ?? []);
  const found = new Map<string, { actions: string[]; resources: string[] }>();
  for (const statement of role.statements) {
    if (statement.effect !== 'Allow' || isViaService(statement)) continue;
    for (const action of statement.actions) {
      const service = serviceOfAction(action);
      if (service === null || action === '*' || isLambdasOwn(action, statement, byLambda, sources)) continue;
      const known = found.get(service) ?? { actions: [], resources: [] };
      known.actions.push(action);
      known.resources.push(...statement.resources);
      found.set(service, known);
    }
  }
  for (const arn of role.named) {
    const service = serviceOfArn(arn)?.service;
    if (!service || sources.includes(arn) || byLambda.includes(arn) || ['ec2', 'iam', 'sts'].includes(service))
      continue;
    const known = found.get(service) ?? { actions: [], resources: [] };
    known.resources.push(arn);
    found.set(service, known);
  }
  const region = snapshot.region ?? 'us-east-1';
  return [...found].map(([service, { actions, resources }]) => {
    const elsewhere = onlyRegion(resources, region) ?? bucketRegion(resources, snapshot, region);
    return makeNeed({
      function_id: fn.id,
      kind: 'aws',
      host: hostOfService(service, elsewhere ?? region),
      port: 443,
      service,
      region: elsewhere,
      actions: [...new Set(actions)],
      resources: [...new Set(resources)].filter((each) => each !== '*'),
      certainty: 'inferred',
      // A right to decrypt is for data that S3, SQS or Secrets Manager decrypts; the code seldom calls KMS itself.
      required: service !== 'kms',
      source:
        actions.length > 0
          ? `role ${role.name} allows ${actions.slice(0, 3).join(', ')}${actions.length > 3 ? ' and more' : ''}`
          : `role ${role.name} names ${resources[0]}`,
    });
  });
}

function failureTargets(fn: LambdaFunction, snapshot: Snapshot): (string | null)[] {
  return mappingsOf(snapshot, fn).map(({ on_failure }) => on_failure);
}

function isViaService({ conditions }: Statement): boolean {
  return conditions.some(({ key }) => key.toLowerCase() === 'kms:viaservice');
}

/** Lambda polls queues and streams, and sends what failed away, with the function's role and over its own network. */
function isLambdasOwn(
  action: string,
  { resources }: Statement,
  byLambda: readonly string[],
  sources: readonly string[],
): boolean {
  const lower = action.toLowerCase();
  if (POLLING.has(lower) && sources.some((source) => serviceFits(lower, source))) return true;
  const isSend = [
    'sqs:sendmessage',
    'sns:publish',
    'lambda:invokefunction',
    'events:putevents',
    's3:putobject',
  ].includes(lower);
  return (
    isSend &&
    byLambda.length > 0 &&
    resources.length > 0 &&
    resources.every((each) => byLambda.some((target) => each === target || (each !== '*' && wildcard(each, target))))
  );
}

function serviceFits(action: string, source: string): boolean {
  return source.split(':')[2] === action.split(':')[0];
}

/** ARNs of buckets name no region: the buckets do, where the snapshot has all of them. */
function bucketRegion(resources: readonly string[], { buckets }: Snapshot, region: string): string | null {
  const names = resources.flatMap((arn) => /^arn:aws[\w-]*:s3:::([^/*]+)/.exec(arn)?.[1] ?? []);
  const regions = new Set(names.map((name) => buckets.find((each) => each.name === name)?.region ?? region));
  const [only] = regions;
  return regions.size === 1 && only !== undefined && only !== region ? only : null;
}

/** The region of all ARNs together, where it is another one. */
function onlyRegion(resources: readonly string[], region: string): string | null {
  const regions = new Set(resources.map((arn) => arn.split(':')[3] ?? ''));
  const [only] = regions;
  return regions.size === 1 && only && only !== region && /^[a-z]{2}(-[a-z]+)+-\d$/.test(only) ? only : null;
}
