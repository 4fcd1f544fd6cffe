import { arnsOf, declarationOf } from '../needs/declared-needs.ts';
import { allows } from '../policy/allows.ts';
import { mappingsOf, roleOf } from '../snapshot/lookups.ts';
import type { LambdaFunction, Snapshot } from '../snapshot/snapshot.ts';
import { PAGES } from './pages.ts';
import { makeFinding, type Rule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

export const roleLacksActionRule: Rule = {
  id: 'role-lacks-action',
  causes: [],
  title: 'The role lacks a right that the function needs',
  explanation:
    'A refused call answers 403 at once; it does not hang. But code that retries it, or that swallows the error, looks the same from outside. Polling rights belong to the mapping, mounting rights to the mount.',
  page: PAGES.roles,
  check: (examination) =>
    examination.snapshot.functions.flatMap((fn) => {
      const { snapshot } = examination;
      const role = roleOf(snapshot, fn);
      if (!role?.complete) return [];
      const lacking = [...declaredRights(fn, snapshot), ...pollingRights(fn, snapshot)].filter(
        ({ action, resource }) => allows(role.statements, { action, resource, context: new Map() }) === 'no',
      );
      if (lacking.length === 0) return [];
      const named = [...new Set(lacking.map(({ action }) => action))];
      return [
        makeFinding(examination, roleLacksActionRule, {
          severity: 'error',
          message: `${fn.name} is refused: the role ${role.name} does not allow ${named.slice(0, 4).join(', ')}${named.length > 4 ? ` and ${named.length - 4} more` : ''}.`,
          resources: [role.id, fn.id],
          functions: [fn.name],
          evidence: lacking
            .slice(0, 6)
            .map(({ action, resource, why }) => `${action} on ${resource ?? 'anything'}: ${why}`),
          fix: {
            command: `aws iam put-role-policy --role-name ${role.name} --policy-name needs --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":${JSON.stringify(named)},"Resource":"${lacking[0]?.resource ?? '*'}"}]}'`,
            change: `Allow ${named.join(', ')} in ${role.id}.`,
          },
          verify: verifyCommand(snapshot, [fn]),
        }),
      ];
    }),
};

interface Right {
  readonly action: string;
  readonly resource: string | null;
  readonly why: string;
}

function declaredRights(fn: LambdaFunction, snapshot: Snapshot): Right[] {
  const declared = declarationOf(fn, snapshot);
  return (declared?.aws ?? []).flatMap(({ actions, resource }) => {
    const [arn = null] = arnsOf(resource, fn, snapshot);
    return actions.map((action) => ({
      action,
      resource: arn,
      why: `needs.json of ${declared?.function} (${resource})`,
    }));
  });
}

const POLL: Readonly<Record<string, readonly string[]>> = {
  sqs: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
  dynamodb: ['dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:DescribeStream'],
  kinesis: ['kinesis:GetRecords', 'kinesis:GetShardIterator'],
};

/** Lambda polls with the function's role. */
function pollingRights(fn: LambdaFunction, snapshot: Snapshot): Right[] {
  return mappingsOf(snapshot, fn).flatMap(({ source, id }) =>
    (POLL[source?.split(':')[2] ?? ''] ?? []).map((action) => ({
      action,
      resource: source,
      why: `the mapping ${id} polls`,
    })),
  );
}
