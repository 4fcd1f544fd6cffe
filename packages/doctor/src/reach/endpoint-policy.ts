import type { Need } from '../needs/need.ts';
import { allows, mayCall } from '../policy/allows.ts';
import { roleOf } from '../snapshot/lookups.ts';
import type { Endpoint } from '../snapshot/snapshot.ts';
import type { Trail } from './path.ts';
import type { SnapshotIndex } from './snapshot-index.ts';

/** The endpoint's own policy, for the calls and resources that are known. */
export function checkEndpointPolicy(index: SnapshotIndex, endpoint: Endpoint, need: Need, trail: Trail): void {
  if (endpoint.policy === null) {
    trail.doubt(`The policy of ${endpoint.id} cannot be read.`);
    return;
  }
  const fn = index.functions.get(need.function_id);
  const role = fn && roleOf(index.snapshot, fn);
  const context = new Map<string, readonly string[]>();
  const refused: string[] = need.actions.length > 0 ? [] : refusedResources(endpoint.policy, need);
  const actions = need.actions.length > 0 || refused.length > 0 ? need.actions : [`${need.service}:*`];
  for (const action of actions) {
    const prefix = action.split(':')[0] ?? '';
    const resources = need.resources.filter((arn) => arn.includes('${') === false && fits(action, arn, prefix));
    for (const resource of resources.length > 0 ? resources : [null]) {
      const request = { action: action.endsWith('*') ? action.replace('*', 'GetObject') : action, resource, context };
      if (
        allows(endpoint.policy, action.endsWith('*') ? { ...request, action } : request) === 'no' &&
        !isWider(endpoint, action)
      )
        refused.push(resource === null ? action : `${action} on ${resource}`);
    }
  }
  if (refused.length === 0) return;
  trail.break({
    rule: 'endpoint-policy-denies',
    resources: [endpoint.id],
    evidence: [
      `the policy of ${endpoint.id} does not allow ${refused.slice(0, 4).join(', ')}${refused.length > 4 ? ` and ${refused.length - 4} more` : ''}`,
    ],
    facts: { endpoint: endpoint.id, role: role?.name ?? '', refused: refused.slice(0, 2).join(', ') },
  });
}

/** Where no call is known but a resource is: whether the policy admits any call on it. */
function refusedResources(policy: NonNullable<Endpoint['policy']>, { service, resources }: Need): string[] {
  return resources.flatMap((arn) => {
    const prefix = arn.split(':')[2] ?? '';
    if (!arn.startsWith('arn:') || prefix === '' || arn.includes('${') || service === null) return [];
    return mayCall(policy, prefix, arn) ? [] : [`any call on ${arn}`];
  });
}

/** A wildcard action is met by a policy that allows part of it. */
function isWider({ policy }: Endpoint, action: string): boolean {
  if (!action.includes('*')) return false;
  const start = action.slice(0, action.indexOf('*')).toLowerCase();
  return (
    policy?.some(
      ({ effect, actions }) =>
        effect === 'Allow' && actions.some((each) => each === '*' || each.toLowerCase().startsWith(start)),
    ) === true
  );
}

/** Object actions name objects, bucket actions buckets; other services' ARNs are left out. */
function fits(action: string, arn: string, prefix: string): boolean {
  if (arn === '*' || !arn.startsWith('arn:')) return false;
  if (arn.split(':')[2] !== prefix) return false;
  if (prefix !== 's3') return true;
  const isObject = arn.slice('arn:aws:s3:::'.length).includes('/');
  return /^s3:(List|GetBucket|CreateBucket|HeadBucket)/i.test(action) ? !isObject : isObject;
}
