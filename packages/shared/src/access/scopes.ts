import * as z from 'zod';
import { DEFAULT_OWNER, LOCAL_CALLER, ownerOfSubject } from '../contracts/owner.ts';

/**
 * What a token allows: `read` to see what is the caller's, `write` to submit, correct and reprocess it, `operate` to
 * work on queues, agents and the index. The same names stand in the local token and in the resource server on AWS.
 */
export const SCOPES = ['read', 'write', 'operate'] as const;
export const scopeSchema = z.enum(SCOPES);
export type Scope = z.infer<typeof scopeSchema>;

/** The resource server's name at an identity provider; its scopes are `slipstream/read` and so on. */
export const RESOURCE_SERVER = 'slipstream';
export const scopeClaim = (scope: Scope): string => `${RESOURCE_SERVER}/${scope}`;

/** Who calls, whose things they work on, and what they may do. */
export interface AccessGrant {
  readonly caller: string;
  readonly owner_id: string;
  readonly scopes: readonly Scope[];
}

/** The one caller of the embedded environment: the person whose data folder it is. */
export const LOCAL_GRANT: AccessGrant = { caller: LOCAL_CALLER, owner_id: DEFAULT_OWNER, scopes: SCOPES };

/** Of a token that names none of our scopes: of a provider that does not know them, or from before there were any. */
const SCOPES_WITHOUT_CLAIM: readonly Scope[] = ['read', 'write'];

/**
 * Of a verified token: its subject, and its `scope` claim (RFC 8693, 4.2: names with a space between). A token that names
 * one of our scopes allows what it names and nothing more.
 */
export function grantOfToken(subject: string, scopeClaims: string | undefined): AccessGrant {
  const named = new Set(scopeClaims?.split(/\s+/));
  const scopes = SCOPES.filter((scope) => named.has(scopeClaim(scope)));
  const caller = ownerOfSubject(subject);
  return {
    caller,
    owner_id: caller,
    scopes: scopes.length > 0 ? scopes : SCOPES_WITHOUT_CLAIM,
  };
}

const READING_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What a request needs at least; routes that operate ask for more themselves. */
export function requiredScope(method: string): Scope {
  return READING_METHODS.has(method.toUpperCase()) ? 'read' : 'write';
}

export function allows(grant: AccessGrant, scope: Scope): boolean {
  return grant.scopes.includes(scope);
}
