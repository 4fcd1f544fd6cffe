import { denies } from '../policy/allows.ts';
import type { Path } from '../reach/path.ts';
import type { Snapshot, Statement } from '../snapshot/snapshot.ts';
import { PAGES } from './pages.ts';
import { type Examination, makeFinding, type Rule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

export const sourceEndpointPolicyRule: Rule = {
  id: 'source-endpoint-policy',
  causes: [35],
  title: "A resource's policy wants another way in",
  explanation:
    'A bucket, queue or secret that denies whatever does not come through a named endpoint, VPC or address (aws:SourceVpce, aws:SourceVpc, aws:SourceIp) refuses calls as soon as the way changes: adding an endpoint takes the public address away, replacing one changes its id. It answers 403, not a time-out.',
  page: PAGES.bucketPolicies,
  check: (examination) => {
    const found = new Map<string, { path: Path; statement: Statement; resource: Guarded; functions: Set<string> }>();
    const guardedOf = new Map<string, Guarded[]>();
    for (const service of ['s3', 'sqs', 'secretsmanager'])
      guardedOf.set(service, guarded(examination.snapshot, service));
    for (const path of examination.paths) {
      if (path.subnet_id === null || path.need.kind !== 'aws') continue;
      for (const resource of guardedOf.get(path.need.service ?? '') ?? []) {
        for (const action of path.need.actions.length > 0 ? path.need.actions : refusedActions(resource)) {
          const arns = path.need.resources.filter((arn) => isOf(arn, resource.arn));
          const [arn] = arns.length > 0 ? arns : [];
          if (arn === undefined) continue;
          const statement = denies(resource.policy, {
            action: action.includes('*') ? action.replace('*', 'GetObject') : action,
            resource: arn,
            context: contextOf(examination, path),
          });
          if (!statement) continue;
          const known = found.get(resource.id) ?? { path, statement, resource, functions: new Set<string>() };
          known.functions.add(examination.index.functions.get(path.function_id)?.name ?? path.function_id);
          found.set(resource.id, known);
        }
      }
    }
    return [...found.values()].map(({ path, statement, resource, functions }) => {
      const condition = statement.conditions
        .map(({ operator, key, values }) => `${operator} ${key} ${values.join(', ')}`)
        .join('; ');
      return makeFinding(examination, sourceEndpointPolicyRule, {
        severity: 'error',
        message: `${[...functions].join(', ')} is refused by ${resource.id}: its policy denies what does not meet ${condition}, and calls come through ${path.way_id ?? path.way}.`,
        resources: [resource.id, ...(path.way_id === null ? [] : [path.way_id])],
        functions: [...functions],
        destination: `${path.need.host}:${path.need.port}`,
        evidence: [
          `policy of ${resource.id}: Deny if ${condition}`,
          `${path.subnet_id} reaches ${path.need.host} by ${path.way} ${path.way_id ?? ''}`.trim(),
        ],
        fix: {
          command: `aws s3api get-bucket-policy --bucket ${resource.name}`,
          change: `Name ${path.way_id ?? 'the way that is used'} in the policy of ${resource.id}.`,
        },
        verify: verifyCommand(examination.snapshot, [{ name: [...functions][0] ?? '' }]),
      });
    });
  },
};

interface Guarded {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly policy: readonly Statement[];
}

/** Where no call is known, those that are refused at all. */
function refusedActions({ policy }: Guarded): string[] {
  return policy.flatMap(({ actions }) => actions);
}

const SOURCES = ['aws:sourcevpce', 'aws:sourcevpc', 'aws:sourceip', 'aws:vpcsourceip'];

function guarded(snapshot: Snapshot, service: string | null): Guarded[] {
  const all: (Omit<Guarded, 'policy'> & { policy: readonly Statement[] | null })[] =
    service === 's3'
      ? snapshot.buckets.map(({ id, name, policy }) => ({ id, name, arn: `arn:aws:s3:::${name}`, policy }))
      : service === 'sqs'
        ? snapshot.queues
        : service === 'secretsmanager'
          ? snapshot.secrets
          : [];
  return all.flatMap(({ id, arn, name, policy }) => {
    const limited = (policy ?? []).filter(
      ({ effect, conditions }) =>
        effect === 'Deny' && conditions.some(({ key }) => SOURCES.includes(key.toLowerCase())),
    );
    return limited.length === 0 ? [] : [{ id, arn, name, policy: limited }];
  });
}

function isOf(arn: string, resource: string): boolean {
  return arn === resource || arn.startsWith(`${resource}/`);
}

/** What AWS would put into the request's context on that way. */
function contextOf({ index }: Examination, path: Path): ReadonlyMap<string, readonly string[]> {
  const vpc = index.vpcOf(path.subnet_id ?? '')?.id;
  const isEndpoint = path.way === 'interface endpoint' || path.way === 'gateway endpoint';
  const isPublic = path.way === 'nat gateway' || path.way === 'nat instance';
  return new Map<string, readonly string[]>([
    ['aws:securetransport', ['true']],
    ['aws:viaawsservice', ['false']],
    ['aws:principalisawsservice', ['false']],
    ...(isEndpoint
      ? ([
          ['aws:sourcevpce', path.way_id === null ? [] : [path.way_id]],
          ['aws:sourcevpc', vpc ? [vpc] : []],
          ['aws:sourceip', []],
        ] as const)
      : []),
    ...(isPublic
      ? ([
          ['aws:sourcevpce', []],
          ['aws:sourcevpc', []],
        ] as const)
      : []),
  ]);
}
