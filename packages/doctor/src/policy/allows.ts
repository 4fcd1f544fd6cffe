import type { Statement } from '../snapshot/snapshot.ts';

/** `yes` and `no` as far as the statements say; `maybe` where a condition decides that only a request can meet. */
export type Verdict = 'yes' | 'no' | 'maybe';

export interface RequestFacts {
  readonly action: string;
  /** ARN; null: any. */
  readonly resource: string | null;
  /** Condition keys that are known for the request, in lower case. */
  readonly context: ReadonlyMap<string, readonly string[]>;
}

/** IAM's evaluation of one document: an explicit deny wins, else an allow is needed. */
export function allows(statements: readonly Statement[], request: RequestFacts): Verdict {
  let best: Verdict = 'no';
  for (const statement of statements) {
    if (!matchesAction(statement, request.action) || !matchesResource(statement, request.resource)) continue;
    const met = conditionsMet(statement, request.context);
    if (met === 'no') continue;
    if (statement.effect === 'Deny') {
      if (met === 'yes' && request.resource !== null) return 'no';
      if (met === 'yes' && statement.resources.includes('*')) return 'no';
      continue;
    }
    if (met === 'yes') best = 'yes';
    else if (best === 'no') best = 'maybe';
  }
  return best;
}

/** Whether any call of a service on a resource (or on what is in it) may be allowed: for needs whose calls are not known. */
export function mayCall(statements: readonly Statement[], service: string, resource: string): boolean {
  return statements.some(
    (statement) =>
      statement.effect === 'Allow' &&
      (statement.actions.length === 0 ||
        statement.actions.some((action) => action === '*' || action.toLowerCase().startsWith(`${service}:`))) &&
      (matchesResource(statement, resource) || matchesResource(statement, `${resource}/*`)),
  );
}

/** Whether an explicit deny meets the request for sure. */
export function denies(statements: readonly Statement[], request: RequestFacts): Statement | null {
  return (
    statements.find(
      (statement) =>
        statement.effect === 'Deny' &&
        matchesAction(statement, request.action) &&
        matchesResource(statement, request.resource) &&
        conditionsMet(statement, request.context) === 'yes',
    ) ?? null
  );
}

export function matchesAction(statement: Statement, action: string): boolean {
  if (statement.actions.length > 0) return statement.actions.some((pattern) => wildcard(pattern, action));
  return statement.not_actions.length > 0 && !statement.not_actions.some((pattern) => wildcard(pattern, action));
}

function matchesResource(statement: Statement, resource: string | null): boolean {
  if (resource === null) return true;
  if (statement.resources.length > 0) return statement.resources.some((pattern) => overlaps(pattern, resource));
  if (statement.not_resources.length > 0)
    return !statement.not_resources.some((pattern) => wildcard(pattern, resource));
  return true;
}

/** A need may itself name a prefix (`…/deltas/*`): either may be the wider one. */
function overlaps(pattern: string, resource: string): boolean {
  return wildcard(pattern, resource) || (resource.includes('*') && wildcard(resource, pattern));
}

const compiled = new Map<string, RegExp>();

/** IAM's `*` and `?`; actions and ARNs are compared without regard to case where AWS does so. */
export function wildcard(pattern: string, text: string): boolean {
  if (pattern === '*' || pattern === text) return true;
  if (!pattern.includes('*') && !pattern.includes('?')) return pattern.toLowerCase() === text.toLowerCase();
  let expression = compiled.get(pattern);
  if (!expression) {
    const escaped = pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.');
    expression = new RegExp(`^${escaped}$`, 'is');
    if (compiled.size < 10_000) compiled.set(pattern, expression);
  }
  return expression.test(text);
}

function conditionsMet(statement: Statement, context: RequestFacts['context']): Verdict {
  let all: Verdict = 'yes';
  for (const condition of statement.conditions) {
    const met = conditionMet(condition, context);
    if (met === 'no') return 'no';
    if (met === 'maybe') all = 'maybe';
  }
  return all;
}

function conditionMet(
  { operator, key, values }: Statement['conditions'][number],
  context: RequestFacts['context'],
): Verdict {
  const found = context.get(key.toLowerCase());
  if (found === undefined) return 'maybe';
  const name = operator.replace(/^For(All|Any)Values?:/, '').replace(/IfExists$/, '');
  const absent = found.length === 0;
  if (name === 'Null') return values.some((value) => (value.toLowerCase() === 'true') === absent) ? 'yes' : 'no';
  const negative = /Not/.test(name);
  if (absent) return negative || operator.endsWith('IfExists') ? 'yes' : 'no';
  if (values.some((value) => value.includes('${'))) return 'maybe';
  const hit = found.some((one) => values.some((value) => wildcard(value, one)));
  return hit === negative ? 'no' : 'yes';
}
