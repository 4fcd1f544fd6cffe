import { eachDeployedQueue, queueVariables } from '@slipstream/shared';
import type { DeclaredNeeds, LambdaFunction, Snapshot } from '../snapshot/snapshot.ts';
import { serviceOfAction } from './action-services.ts';
import { hostOfService, readAwsHost } from './aws-hosts.ts';
import { makeNeed, type Need } from './need.ts';

/** The declaration that a bundle came with: by the function's name, behind the stack's (`slipstream-dev-api`). */
export function declarationOf(fn: LambdaFunction, snapshot: Snapshot): DeclaredNeeds | null {
  const fitting = snapshot.declared_needs.filter(
    (declared) => fn.name === declared.function || (isOurs(fn) && fn.name.endsWith(`-${declared.function}`)),
  );
  return fitting.toSorted((a, b) => b.function.length - a.function.length)[0] ?? null;
}

function isOurs(fn: LambdaFunction): boolean {
  return fn.name.startsWith('slipstream-') || fn.environment?.SLIPSTREAM_ENVIRONMENT !== undefined;
}

/** What `needs.json` says, as hosts and ports. */
export function declaredNeeds(fn: LambdaFunction, declared: DeclaredNeeds, snapshot: Snapshot): Need[] {
  const region = snapshot.region ?? 'us-east-1';
  const byService = new Map<string, { actions: string[]; resources: string[] }>();
  for (const { actions, resource } of declared.aws) {
    for (const action of actions) {
      const service = resource === 'table-stream' ? null : serviceOfAction(action);
      if (service === null) continue;
      const known = byService.get(service) ?? { actions: [], resources: [] };
      known.actions.push(action);
      known.resources.push(...arnsOf(resource, fn, snapshot));
      byService.set(service, known);
    }
  }
  const aws = [...byService].map(([service, { actions, resources }]) =>
    makeNeed({
      function_id: fn.id,
      kind: 'aws',
      host: hostOfService(service, region),
      port: 443,
      service,
      actions: [...new Set(actions)],
      resources: [...new Set(resources)],
      certainty: 'declared',
      required: true,
      source: `needs.json of ${declared.function}`,
    }),
  );
  return [...aws, ...hostNeeds(fn, declared)];
}

/** Hosts that want a key are called only where one is set, and the probe reports what it does not reach. */
function hostNeeds(fn: LambdaFunction, declared: DeclaredNeeds): Need[] {
  return declared.hosts.map((usual) => {
    const rule = declared.host_rules.find(({ host }) => host === usual);
    const url = rule?.variable ? fn.environment?.[rule.variable] : null;
    const secret = rule?.secret ?? null;
    const { host, port } = url && URL.canParse(url) ? hostOfUrl(url) : hostOfEntry(usual);
    const aws = readAwsHost(host);
    return makeNeed({
      function_id: fn.id,
      kind: aws ? 'aws' : 'host',
      host,
      port,
      service: aws?.service ?? null,
      certainty: 'declared',
      required: secret === null && declared.aws.length > 0,
      source: `needs.json of ${declared.function}${secret === null ? '' : `, while the secret ${secret} is set`}`,
    });
  });
}

function hostOfEntry(entry: string): { host: string; port: number } {
  const [host = '', port = '443'] = entry.split(':');
  return { host, port: Number(port) };
}

function hostOfUrl(text: string): { host: string; port: number } {
  const url = new URL(text);
  return { host: url.hostname, port: Number(url.port || (url.protocol === 'http:' ? 80 : 443)) };
}

/** Variables that name what `needs.json` names by its part in the stack. */
const VARIABLES: Readonly<Record<string, string>> = {
  'raw-bucket': 'RAW_BUCKET',
  'artifacts-bucket': 'ARTIFACTS_BUCKET',
  table: 'DYNAMO_TABLE_NAME',
  'table-index': 'DYNAMO_TABLE_NAME',
  ...eachDeployedQueue((name) => queueVariables(name).url),
  'secret:openai': 'OPENAI_SECRET_ARN',
  'secret:places': 'PLACES_SECRET_ARN',
};

export function arnsOf(resource: string, fn: LambdaFunction, snapshot: Snapshot): string[] {
  const [part = '', ...path] = resource.split('/');
  const isDead = part.endsWith('-dead');
  const variable = VARIABLES[isDead ? part.slice(0, -5) : part];
  const value = variable
    ? fn.environment?.[isDead ? variable.replace('_QUEUE_URL', '_DEAD_QUEUE_URL') : variable]
    : null;
  if (!value) return [];
  if (part.endsWith('-bucket')) return [`arn:aws:s3:::${value}${path.length > 0 ? `/${path.join('/')}` : ''}`];
  if (value.startsWith('arn:')) return [value];
  const table = snapshot.resources.find(({ kind, name }) => kind === 'dynamodb' && name === value);
  if (part.startsWith('table')) return table ? [part === 'table-index' ? `${table.arn}/index/*` : table.arn] : [];
  const queue = snapshot.queues.find(({ name }) => value.endsWith(`/${name}`));
  return queue ? [queue.arn] : [];
}
