import { SlipstreamError } from '@slipstream/shared';
import type { DeployedStack } from '../remote/deployed-stack.ts';
import { SessionStore } from './session-store.ts';

/** A token is not used in its last minute: it has to last as long as the request, and clocks differ. */
const SPARE_MS = 60_000;

/**
 * The token for a stack's API: that of SLIPSTREAM_TOKEN, else that of the session, renewed when it is about to end or
 * was refused. Several programs may share a session: who finds a newer token in the store takes it.
 */
export function tokenSource(
  stack: DeployedStack,
  store = new SessionStore(),
  /** Where no person is signed in: a token by another way; null where there is none. */
  otherwise: () => Promise<string | null> = async () => null,
): (refused: string | null) => Promise<string> {
  const apiUrl = stack.require('api_url');
  return async (refused) => {
    const given = process.env.SLIPSTREAM_TOKEN;
    if (given) {
      if (given !== refused) return given;
      throw new SlipstreamError(
        'CALLER_UNKNOWN',
        'The API refused the token of SLIPSTREAM_TOKEN: is it still valid, and for this API?',
      );
    }
    const session = await store.read(apiUrl);
    if (session === null) {
      const token = await otherwise();
      if (token !== null) return token;
      throw new SlipstreamError(
        'CALLER_UNKNOWN',
        `You are not signed in to ${stack.name}: slipstream login --stack ${shortName(stack)}.`,
      );
    }
    const isGood = session.token !== refused && session.expires_at > Date.now() + SPARE_MS;
    if (isGood) return session.token;
    try {
      // Rarely needed, and slow to load.
      const { renew } = await import('./sign-in.ts');
      const renewed = await renew(session);
      await store.write(apiUrl, renewed);
      return renewed.token;
    } catch (error) {
      // Another program was faster, and the refresh token is used up.
      const now = await store.read(apiUrl);
      if (now && now.token !== session.token && now.token !== refused) return now.token;
      throw error;
    }
  };
}

/** slipstream-dev, as a person says it. */
export function shortName({ name }: DeployedStack): string {
  return name.replace(/^slipstream-/, '');
}
