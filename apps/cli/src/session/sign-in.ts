import { SlipstreamError } from '@slipstream/shared';
import * as oidc from 'openid-client';
import { codeFlow } from './code-flow.ts';
import { deviceFlow } from './device-flow.ts';
import { ask, discover, type Issuer, sessionOf, unreachable } from './issuer.ts';
import type { Session } from './session.ts';

/** What a person has to do: in any browser on any machine, or in a browser of this one. */
export type SignInPrompt =
  | {
      readonly kind: 'device';
      readonly url: string;
      readonly code: string;
      /** With the code in it, where the issuer makes one. */
      readonly direct_url: string | null;
      readonly expires_in_s: number;
    }
  | { readonly kind: 'browser'; readonly url: string; readonly expires_in_s: number };

/**
 * Signs in by the device flow where the issuer has it, else by code and loopback redirect; `browser` takes the latter in
 * any case. `ABORTED` when it was denied or took too long.
 */
export async function signIn(
  who: Issuer,
  show: (prompt: SignInPrompt) => void,
  signal: AbortSignal,
  options: { readonly browser?: boolean } = {},
): Promise<Session> {
  const config = await discover(who);
  const { device_authorization_endpoint, authorization_endpoint } = config.serverMetadata();
  if (device_authorization_endpoint && !options.browser) return deviceFlow(who, config, show, signal);
  if (authorization_endpoint) return codeFlow(who, config, show, signal);
  throw new SlipstreamError(
    'CONFIGURATION_INVALID',
    `${who.issuer} has neither a page to sign in at nor a device flow. A Cognito pool needs a domain, which npm run deploy makes; else hand a token over in SLIPSTREAM_TOKEN.`,
  );
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

function signInAgain(cause?: unknown): SlipstreamError {
  return new SlipstreamError('CALLER_UNKNOWN', 'The session has ended: slipstream login signs in again.', { cause });
}
