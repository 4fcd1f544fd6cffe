import { z } from 'zod';

export const id = z.string();
export const ids = z.array(id);
/** `null` is "not known". */
export const unknown = <T extends z.ZodType>(schema: T) => schema.nullable();

/** A statement of a policy: of a role, an endpoint, a resource. */
export const statementSchema = z.object({
  effect: z.enum(['Allow', 'Deny']),
  actions: z.array(z.string()),
  not_actions: z.array(z.string()).default([]),
  resources: z.array(z.string()),
  not_resources: z.array(z.string()).default([]),
  /** ARNs, account ids, `*`; service principals as `service:…`. Empty: an identity policy. */
  principals: z.array(z.string()).default([]),
  conditions: z.array(z.object({ operator: z.string(), key: z.string(), values: z.array(z.string()) })).default([]),
});
