import { loginRedirect, SlipstreamError } from '@slipstream/shared';
import * as oidc from 'openid-client';
import { ask, type Issuer, scopeOf, sessionOf } from './issuer.ts';
import { listenOnLoopback } from './loopback-server.ts';
import type { Session } from './session.ts';
import type { SignInPrompt } from './sign-in.ts';

/** For a person who has to find a password, or to set one. */
const WAIT_S_MAX = 600;

/**
 * OAuth's authorization code with PKCE (RFC 7636) and a loopback redirect (RFC 8252): the person signs in in a browser
 * of this machine, which comes back to a port that is open for as long.
 */
export async function codeFlow(
  who: Issuer,
  config: oidc.Configuration,
  show: (prompt: SignInPrompt) => void,
  signal: AbortSignal,
): Promise<Session> {
  const state = oidc.randomState();
  const nonce = oidc.randomNonce();
  const verifier = oidc.randomPKCECodeVerifier();
  const server = await listenOnLoopback(state, { anyPort: who.anyPort });
  try {
    const redirect_uri = loginRedirect(server.port);
    const scope = scopeOf(config, who);
    const url = oidc.buildAuthorizationUrl(config, {
      redirect_uri,
      scope,
      state,
      nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      // OpenID Connect Core, section 11: offline access is granted only where the person was asked.
      ...(scope.includes('offline_access') ? { prompt: 'consent' } : {}),
    });
    show({ kind: 'browser', url: url.href, expires_in_s: WAIT_S_MAX });
    const answered = await within(WAIT_S_MAX, signal, server.returned);
    const answer = await ask(
      who,
      oidc.authorizationCodeGrant(config, new URL(answered.search, redirect_uri), {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      }),
    );
    return sessionOf(who, answer, null);
  } finally {
    server.close();
  }
}

function within<T>(seconds: number, signal: AbortSignal, work: Promise<T>): Promise<T> {
  const late = AbortSignal.timeout(seconds * 1_000);
  const either = AbortSignal.any([signal, late]);
  const ended = new Promise<never>((_, reject) => {
    const fail = () => {
      const why = late.aborted ? `the browser did not come back within ${seconds / 60} minutes` : 'it was interrupted';
      reject(new SlipstreamError('ABORTED', `Not signed in: ${why}. Try slipstream login again.`));
    };
    if (either.aborted) fail();
    else either.addEventListener('abort', fail, { once: true });
  });
  return Promise.race([work, ended]);
}
