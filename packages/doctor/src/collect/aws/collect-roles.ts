import { readPolicy } from '../../policy/policy-document.ts';
import type { Snapshot, Statement } from '../../snapshot/snapshot.ts';
import { managedPolicy } from '../managed-policies.ts';
import type { Attempts } from './attempts.ts';
import type { Clients } from './clients.ts';
import { allPages } from './pages.ts';

/** The functions' roles with all their statements. */
export async function collectRoles({ iam }: Clients, attempts: Attempts, snapshot: Snapshot): Promise<void> {
  const known = new Set(snapshot.roles.map(({ id }) => id));
  const ids = new Set(snapshot.functions.flatMap(({ role_id }) => role_id ?? []).filter((id) => !known.has(id)));
  for (const id of ids) {
    const name = id.split('/').at(-1) ?? id;
    const statements: Statement[] = [];
    let complete = true;
    const add = (found: Statement[] | null) => {
      if (found) statements.push(...found);
      else complete = false;
    };
    const inline = await attempts.call(
      'iam:ListRolePolicies',
      () =>
        allPages(async (Marker) => {
          const page = await iam.listRolePolicies({ RoleName: name, ...(Marker ? { Marker } : {}) });
          return { items: page.PolicyNames, next: page.Marker };
        }),
      null,
    );
    for (const policy of inline ?? [])
      add(
        await attempts.call(
          'iam:GetRolePolicy',
          async () =>
            readPolicy(
              decodeURIComponent(
                (await iam.getRolePolicy({ RoleName: name, PolicyName: policy })).PolicyDocument ?? '',
              ),
            ),
          null,
        ),
      );
    const attached = await attempts.call(
      'iam:ListAttachedRolePolicies',
      () =>
        allPages(async (Marker) => {
          const page = await iam.listAttachedRolePolicies({ RoleName: name, ...(Marker ? { Marker } : {}) });
          return { items: page.AttachedPolicies, next: page.Marker };
        }),
      null,
    );
    for (const { PolicyArn = '' } of attached ?? []) {
      const known = managedPolicy(PolicyArn);
      add(known ?? (await attempts.call('iam:GetPolicyVersion', () => policyOf(iam, PolicyArn), null)));
    }
    snapshot.roles.push({
      id,
      name,
      statements,
      complete: complete && inline !== null && attached !== null,
      named: [],
    });
  }
}

async function policyOf(iam: Clients['iam'], arn: string): Promise<Statement[] | null> {
  const { Policy } = await iam.getPolicy({ PolicyArn: arn });
  const { PolicyVersion } = await iam.getPolicyVersion({ PolicyArn: arn, VersionId: Policy?.DefaultVersionId ?? 'v1' });
  return readPolicy(decodeURIComponent(PolicyVersion?.Document ?? ''));
}
