import { SlipstreamError } from '@slipstream/shared';
import * as oidc from 'openid-client';
import type { Session } from './session.ts';

export interface Issuer {
  readonly issuer: string;
  readonly client_id: string;
  /** Of the API's authorizer: the token has to be for one of them. */
  readonly audiences: readonly string[];
}

/** What a person has to do, in any browser on any machine. */
export interface SignInPrompt {
  readonly url: string;
  readonly code: string;
  /** With the code in it, where the issuer makes one. */
  readonly direct_url: string | null;
  readonly expires_in_s: number;
}

const SCOPE = 'openid offline_access';
/** Shorter than any answer of a server that is there. */
const REQUEST_S_MAX = 20;

/**
 * Signs in by OAuth's device authorization grant (RFC 8628): no browser on this machine, no port opened, no password
 * seen. `ABORTED` when it was denied or took too long.
 */
export async function signIn(who: Issuer, show: (prompt: SignInPrompt) => void, signal: AbortSignal): Promise<Session> {
  const config = await discover(who);
  if (!config.serverMetadata().device_authorization_endpoint) {
    throw new SlipstreamError(
      'CONFIGURATION_INVALID',
      `${who.issuer} has no device flow (RFC 8628), which Cognito for one does not have: choose an issuer that has it, or hand a token over in SLIPSTREAM_TOKEN.`,
    );
  }
  const started = await ask(who, oidc.initiateDeviceAuthorization(config, { scope: SCOPE }));
  show({
    url: started.verification_uri,
    code: started.user_code,
    direct_url: started.verification_uri_complete ?? null,
    expires_in_s: started.expires_in,
  });
  const expired = AbortSignal.timeout(started.expires_in * 1_000);
  const polled = oidc.pollDeviceAuthorizationGrant(config, started, undefined, {
    signal: AbortSignal.any([signal, expired]),
  });
  return sessionOf(who, await ask(who, polled, () => (expired.aborted ? EXPIRED : null)), null);
}

/** A new token for a session that has a refresh token. `CALLER_UNKNOWN` when the issuer has ended the session. */
export async function renew(session: Session): Promise<Session> {
  if (session.refresh_token === null) throw signInAgain();
  const config = await discover(session);
  try {
    return sessionOf(session, await oidc.refreshTokenGrant(config, session.refresh_token), session.refresh_token);
  } catch (error) {
    if (error instanceof oidc.ResponseBodyError) throw signInAgain(error);
    throw unreachable(session, error);
  }
}

/** Tells the issuer to forget the session, where it has a way to be told. */
export async function signOut(session: Session): Promise<void> {
  const config = await discover(session);
  if (!config.serverMetadata().revocation_endpoint) return;
  await ask(session, oidc.tokenRevocation(config, session.refresh_token ?? session.token));
}

const EXPIRED = 'the code has expired before it was used';
const REASONS: Readonly<Record<string, string>> = {
  access_denied: 'it was denied in the browser',
  expired_token: EXPIRED,
};

async function discover({ issuer, client_id }: Pick<Issuer, 'issuer' | 'client_id'>): Promise<oidc.Configuration> {
  const url = new URL(issuer);
  // Without TLS only on this machine.
  const isLocal = url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  const options = { timeout: REQUEST_S_MAX, ...(isLocal ? { execute: [oidc.allowInsecureRequests] } : {}) };
  try {
    return await oidc.discovery(url, client_id, undefined, oidc.None(), options);
  } catch (cause) {
    throw unreachable({ issuer }, cause);
  }
}

async function ask<T>(who: { issuer: string }, asked: Promise<T>, why: () => string | null = () => null): Promise<T> {
  try {
    return await asked;
  } catch (cause) {
    const told = cause instanceof oidc.ResponseBodyError ? cause.error : null;
    const reason = why() ?? (told === null ? null : (REASONS[told] ?? null));
    if (reason)
      throw new SlipstreamError('ABORTED', `Nobody was signed in: ${reason}. Try slipstream login again.`, { cause });
    if (told) {
      const message = `${who.issuer} refused the sign-in (${told}): is the client id right, and may it use the device flow?`;
      throw new SlipstreamError('CONFIGURATION_INVALID', message, { cause });
    }
    throw unreachable(who, cause);
  }
}

function unreachable({ issuer }: { readonly issuer: string }, cause: unknown): SlipstreamError {
  return new SlipstreamError(
    'STORE_UNAVAILABLE',
    `${issuer} cannot be reached, or its answer is not OpenID Connect's: is the network there, and the issuer's address right?`,
    { cause },
  );
}

function signInAgain(cause?: unknown): SlipstreamError {
  return new SlipstreamError('CALLER_UNKNOWN', 'The session has ended: slipstream login signs in again.', { cause });
}

/** Before a server that gives no life to its tokens is asked again. */
const LIFE_S_FALLBACK = 300;

type Answer = oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers;

function sessionOf(who: Issuer, answer: Answer, refreshToken: string | null): Session {
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
