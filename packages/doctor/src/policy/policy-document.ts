import { z } from 'zod';
import type { Statement } from '../snapshot/snapshot.ts';

const oneOrMore = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((value) => (value === undefined ? [] : [value].flat()));
const principalSchema = z
  .union([z.string(), z.record(z.string(), z.union([z.string(), z.array(z.string())]))])
  .optional();
const documentSchema = z.looseObject({
  Statement: z
    .union([z.record(z.string(), z.unknown()), z.array(z.record(z.string(), z.unknown()))])
    .transform((one) => [one].flat()),
});
const statementSchema = z.looseObject({
  Effect: z.enum(['Allow', 'Deny']),
  Action: oneOrMore,
  NotAction: oneOrMore,
  Resource: oneOrMore,
  NotResource: oneOrMore,
  Principal: principalSchema,
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});

/** The statements of an IAM policy, as text or as an object; null when it is none that can be read. */
export function readPolicy(policy: unknown): Statement[] | null {
  const document = typeof policy === 'string' ? parseJson(policy) : policy;
  const parsed = documentSchema.safeParse(document);
  if (!parsed.success) return null;
  const statements: Statement[] = [];
  for (const raw of parsed.data.Statement) {
    const one = statementSchema.safeParse(raw);
    if (!one.success) return null;
    const { Effect, Action, NotAction, Resource, NotResource, Principal, Condition } = one.data;
    statements.push({
      effect: Effect,
      actions: Action,
      not_actions: NotAction,
      resources: Resource,
      not_resources: NotResource,
      principals: principalsOf(Principal),
      conditions: Object.entries(Condition ?? {}).flatMap(([operator, keys]) =>
        Object.entries(keys).map(([key, value]) => ({ operator, key, values: [value].flat().map(String) })),
      ),
    });
  }
  return statements;
}

function principalsOf(principal: z.infer<typeof principalSchema>): string[] {
  if (principal === undefined) return [];
  if (typeof principal === 'string') return [principal];
  return Object.entries(principal).flatMap(([kind, value]) =>
    [value].flat().map((each) => (kind === 'Service' ? `service:${each}` : each)),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
