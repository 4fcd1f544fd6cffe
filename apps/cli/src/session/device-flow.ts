import * as oidc from 'openid-client';
import { ask, EXPIRED, type Issuer, scopeOf, sessionOf } from './issuer.ts';
import type { Session } from './session.ts';
import type { SignInPrompt } from './sign-in.ts';

/** OAuth's device authorization grant (RFC 8628): no browser on this machine, no port opened, no password seen. */
export async function deviceFlow(
  who: Issuer,
  config: oidc.Configuration,
  show: (prompt: SignInPrompt) => void,
  signal: AbortSignal,
): Promise<Session> {
  const started = await ask(who, oidc.initiateDeviceAuthorization(config, { scope: scopeOf(config, who) }));
  show({
    kind: 'device',
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
