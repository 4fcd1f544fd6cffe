import { readPolicy } from '../../policy/policy-document.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import type { Attempts } from './attempts.ts';
import type { Clients } from './clients.ts';
import { arnsInUse } from './used-names.ts';

/** Secrets that roles or variables name: their policies, never their values. */
export async function collectSecrets({ secrets }: Clients, attempts: Attempts, snapshot: Snapshot): Promise<void> {
  const arns = arnsInUse(snapshot, 'secretsmanager').filter((arn) => arn.split(':')[3] === snapshot.region);
  for (const arn of arns) {
    // A role names a secret without the six characters behind it, or with ?????? or -* in their place.
    const name = /:secret:(.+?)(-\*|-\?{6}|\*)?$/.exec(arn)?.[1];
    if (!name || name.includes('*')) continue;
    const id = arn.includes('*') || arn.includes('?') ? name : arn;
    const found = await attempts.call(
      'secretsmanager:GetResourcePolicy',
      async () => {
        try {
          return await secrets.getResourcePolicy({ SecretId: id });
        } catch (thrown) {
          if (thrown instanceof Error && thrown.name === 'ResourceNotFoundException') return null;
          throw thrown;
        }
      },
      null,
    );
    if (found === null || snapshot.secrets.some((known) => known.arn === found.ARN)) continue;
    snapshot.secrets.push({
      id: found.ARN ?? arn,
      arn: found.ARN ?? arn,
      name: found.Name ?? name,
      policy: found.ResourcePolicy ? readPolicy(found.ResourcePolicy) : [],
    });
  }
}
