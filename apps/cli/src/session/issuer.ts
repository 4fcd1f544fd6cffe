import { SlipstreamError } from '@slipstream/shared';
import * as oidc from 'openid-client';
import type { Session } from './session.ts';

export interface Issuer {
  readonly issuer: string;
  readonly client_id: string;
  /** Of the API's authorizer: the token has to be for one of them. */
  readonly audiences: readonly string[];
  /** Whether a loopback redirect may be on any port (RFC 8252), or only on the registered ones, as with Cognito. */
  readonly anyPort: boolean;
  /** Of the API, as the issuer knows them; none where it does not. */
  readonly scopes: readonly string[];
}

/** Shorter than any answer of a server that is there. */
const REQUEST_S_MAX = 20;
/** Before a server that gives no life to its tokens is asked again. */
const LIFE_S_FALLBACK = 300;

/** What the issuer says of itself. Without TLS only on this machine. */
export async function discover({
  issuer,
  client_id,
}: Pick<Issuer, 'issuer' | 'client_id'>): Promise<oidc.Configuration> {
  const url = new URL(issuer);
  const isLocal = url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  const options = { timeout: REQUEST_S_MAX, ...(isLocal ? { execute: [oidc.allowInsecureRequests] } : {}) };
  try {
    return await oidc.discovery(url, client_id, undefined, oidc.None(), options);
  } catch (cause) {
    throw unreachable({ issuer }, cause);
  }
}

/**
 * What is asked for: to know who it is, the API's own scopes, and a refresh token. A refresh token comes with offline_access at most issuers; Cognito gives one without, and refuses a scope that it
 * does not list.
 */
export function scopeOf(config: oidc.Configuration, { scopes }: Pick<Issuer, 'scopes'>): string {
  const { scopes_supported: known } = config.serverMetadata();
  const isOffline = known === undefined || known.includes('offline_access');
  return ['openid', ...(isOffline ? ['offline_access'] : []), ...scopes].join(' ');
}

/** Waits for one request of a sign-in; what the issuer refuses, and a server that is not there, become our errors. */
export async function ask<T>(
  who: { readonly issuer: string },
  asked: Promise<T>,
  why: () => string | null = () => null,
): Promise<T> {
  try {
    return await asked;
  } catch (cause) {
    const refused =
      cause instanceof oidc.ResponseBodyError || cause instanceof oidc.AuthorizationResponseError ? cause.error : null;
    const reason = why() ?? (refused === null ? null : (REASONS[refused] ?? null));
    if (reason)
      throw new SlipstreamError('ABORTED', `Not signed in: ${reason}. Try slipstream login again.`, { cause });
    if (refused) {
      const message = `${who.issuer} refused the sign-in (${refused}): is the client id right, and may it sign in this way?`;
      throw new SlipstreamError('CONFIGURATION_INVALID', message, { cause });
    }
    throw unreachable(who, cause);
  }
}

export const EXPIRED = 'the code has expired before it was used';
const REASONS: Readonly<Record<string, string>> = {
  access_denied: 'it was denied in the browser',
  expired_token: EXPIRED,
};

export function unreachable({ issuer }: { readonly issuer: string }, cause: unknown): SlipstreamError {
  return new SlipstreamError(
    'STORE_UNAVAILABLE',
    `${issuer} cannot be reached, or its answer is not OpenID Connect's: is the network there, and the issuer's address right?`,
    { cause },
  );
}

type Answer = oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers;

export function sessionOf(
  who: Pick<Issuer, 'issuer' | 'client_id' | 'audiences'>,
  answer: Answer,
  refreshToken: string | null,
): Session {
  const { access_token, id_token, refresh_token = refreshToken } = answer;
  const { issuer, client_id, audiences } = who;
  // Some issuers' access tokens are for their own ears, or no JWTs; their ID token is for the client.
  const token = [access_token, id_token].find((one) => one !== undefined && isFor(one, audiences)) ?? access_token;
  const life_s = answer.expiresIn() ?? LIFE_S_FALLBACK;
  return {
    issuer,
    client_id,
    token,
    expires_at: Date.now() + life_s * 1_000,
    refresh_token,
    audiences: [...audiences],
  };
}

/** As API Gateway decides it: `aud`, or `client_id` where there is none. Who signed it is for the API to check. */
function isFor(token: string, audiences: readonly string[]): boolean {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    const { aud, client_id } = Object(claims);
    return [aud ?? client_id].flat().some((one) => audiences.includes(one));
  } catch {
    return false; // no JWT
  }
}
