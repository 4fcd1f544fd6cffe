import { z } from 'zod';

/**
 * What a token allows: `read` to see what is the caller's, `write` to submit, correct and reprocess it, `operate` to
 * work on queues, agents and the index. The same names stand in the local token and in the resource server on AWS.
 */
export const SCOPES = ['read', 'write', 'operate'] as const;
export const scopeSchema = z.enum(SCOPES);
export type Scope = z.infer<typeof scopeSchema>;

/** Who calls, and what they may do. */
export interface AccessGrant {
  readonly caller: string;
  readonly scopes: readonly Scope[];
}

const READING_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What a request needs at least; routes that operate ask for more themselves. */
export function requiredScope(method: string): Scope {
  return READING_METHODS.has(method.toUpperCase()) ? 'read' : 'write';
}

export function allows(grant: AccessGrant, scope: Scope): boolean {
  return grant.scopes.includes(scope);
}
