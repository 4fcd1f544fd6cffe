import { readPolicy } from '../../policy/policy-document.ts';
import type { Snapshot, Statement } from '../../snapshot/snapshot.ts';
import { managedPolicy } from '../managed-policies.ts';
import { nameOf, text } from './computed-attribute.ts';
import type { Resource } from './resource.ts';
import type { StackReader } from './stack-reader.ts';
import { isUnknown } from './unknown-value.ts';

/** Roles with all their statements, inline and attached. */
export function readRoles(reader: StackReader, snapshot: Snapshot): void {
  const policies = policiesByRole(reader);
  for (const resource of reader.all('aws_iam_role')) snapshot.roles.push(roleOf(reader, resource, policies));
}

interface RolePolicies {
  readonly inline: unknown[];
  readonly attached: unknown[];
}

/** Policies by the role's address and by its name: either may be written. */
function policiesByRole(reader: StackReader): ReadonlyMap<string, RolePolicies> {
  const made = new Map<string, RolePolicies>();
  const of = (role: unknown): RolePolicies => {
    const key = reader.id(role, 'aws_iam_role') ?? text(role) ?? '';
    const known = made.get(key) ?? { inline: [], attached: [] };
    made.set(key, known);
    return known;
  };
  for (const each of reader.all('aws_iam_role_policy'))
    of(each.attribute('role')).inline.push(each.attribute('policy'));
  for (const each of reader.all('aws_iam_role_policy_attachment'))
    of(each.attribute('role')).attached.push(each.attribute('policy_arn'));
  for (const each of reader.all('aws_iam_policy_attachment'))
    for (const role of [each.attribute('roles')].flat()) of(role).attached.push(each.attribute('policy_arn'));
  return made;
}

function roleOf(
  reader: StackReader,
  resource: Resource,
  policies: ReadonlyMap<string, RolePolicies>,
): Snapshot['roles'][number] {
  const name = nameOf(resource);
  const statements: Statement[] = [];
  const named: string[] = [];
  let complete = true;
  const add = (found: Statement[] | null) => {
    if (found === null) complete = false;
    else statements.push(...found);
  };
  for (const block of reader.blocks(resource, 'inline_policy')) if (block.policy) add(policyOf(reader, block.policy));
  const own = [policies.get(resource.address), policies.get(name)];
  for (const policy of own.flatMap((each) => each?.inline ?? [])) {
    const known = policyOf(reader, policy);
    if (known === null) named.push(...arnsNamed(reader, policy));
    add(known);
  }
  const attached = [
    ...(resource.declares('managed_policy_arns') ? [resource.attribute('managed_policy_arns')].flat() : []),
    ...own.flatMap((each) => each?.attached ?? []),
  ];
  for (const arn of attached) add(attachedPolicy(reader, arn));
  return { id: resource.address, name, statements, complete, named: [...new Set(named)] };
}

function attachedPolicy(reader: StackReader, arn: unknown): Statement[] | null {
  const known = text(arn);
  const managed = known === null ? null : managedPolicy(known);
  if (managed) return managed;
  const id = reader.id(arn, 'aws_iam_policy');
  const resource = id === null ? null : reader.at(id);
  return resource?.type === 'aws_iam_policy' ? policyOf(reader, resource.attribute('policy')) : null;
}

/** A policy of HCL is not known before apply when it names an ARN: only what it refers to is. */
function policyOf(reader: StackReader, value: unknown): Statement[] | null {
  if (!isUnknown(value)) return readPolicy(value);
  const [document] = value.references
    .filter((reference) => reference.includes('aws_iam_policy_document'))
    .flatMap((reference) => reader.stack.referred(reference));
  const json = document?.attribute('json');
  return typeof json === 'string' ? readPolicy(json) : null;
}

/** What a policy that is not known yet refers to. */
function arnsNamed(reader: StackReader, value: unknown): string[] {
  if (typeof value === 'string') return value.startsWith('arn:') ? [value] : [];
  if (!isUnknown(value)) return [];
  return value.references.flatMap((reference) =>
    reader.stack.referred(reference).flatMap((resource) => {
      const arn = text(resource.attribute('arn'));
      return arn === null ? [] : [arn];
    }),
  );
}
