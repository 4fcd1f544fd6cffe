import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import Provider, { type Configuration } from 'oidc-provider';
import { type IssuerClient, issuerAdapter } from './issuer-adapter.ts';

/** What a person's sign-in comes to: who they are, that a password of their own is asked for first, or nobody. */
export type Authenticated = { readonly sub: string; readonly email: string } | 'new-password' | null;

export interface OidcIssuerOptions {
  /** 0: any free one. */
  readonly port?: number;
  readonly findClient: (clientId: string) => Promise<IssuerClient | null>;
  readonly authenticate: (email: string, password: string, newPassword: string | null) => Promise<Authenticated>;
  readonly hasDeviceFlow?: boolean;
}

export interface OidcIssuer {
  readonly url: string;
  /** A token as the issuer signs it, for who is signed in by another way than its page. */
  mint(claims: Readonly<Record<string, string>>, lifeS: number): Promise<string>;
  close(): void;
}

const SCOPES = ['openid', 'email'];
const KEY_ID = 'issuer';
const ID_TOKEN_LIFE_S = 3_600;

/**
 * An OpenID Connect issuer on the loopback (oidc-provider, which is certified), with a page to sign in at, PKCE demanded,
 * redirects compared as the client says, and refresh tokens without offline_access, as Cognito gives them.
 */
export async function startOidcIssuer(options: OidcIssuerOptions): Promise<OidcIssuer> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key: JWK = { ...(await exportJWK(privateKey)), kid: KEY_ID, alg: 'RS256', use: 'sig' };
  const provider = new Provider(url, configuration(options, key));
  const answer = provider.callback();
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const path = new URL(request.url ?? '/', url).pathname;
    if (!path.startsWith('/interaction/')) return answer(request, response);
    interact(provider, options, request, response).catch((error) => {
      response.writeHead(400, { 'content-type': 'text/plain' }).end(String(error));
    });
  });
  return {
    url,
    mint: (claims, lifeS) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', kid: KEY_ID })
        .setIssuer(url)
        .setIssuedAt()
        .setExpirationTime(`${lifeS}s`)
        .sign(privateKey),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function configuration(options: OidcIssuerOptions, key: JWK): Configuration {
  return {
    adapter: issuerAdapter(options.findClient),
    jwks: { keys: [key] },
    cookies: { keys: ['a key that only this process has'] },
    scopes: SCOPES,
    claims: { openid: ['sub'], email: ['email'] },
    pkce: { required: () => true },
    issueRefreshToken: async () => true,
    ttl: { IdToken: ID_TOKEN_LIFE_S, AccessToken: ID_TOKEN_LIFE_S, Interaction: 600, Session: 600, Grant: 86_400 },
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true },
      deviceFlow: { enabled: options.hasDeviceFlow === true },
    },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    findAccount: async (_, accountId) => ({ accountId, claims: async () => ({ sub: accountId }) }),
  };
}

const PAGE = (ask: string) =>
  `<!doctype html><form method="post"><input name="email"><input name="password" type="password">${ask}</form>`;

/** Sign-in, then consent, which a person's own program is given without being asked. */
async function interact(
  provider: Provider,
  options: OidcIssuerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { prompt, params, session } = await provider.interactionDetails(request, response);
  if (prompt.name === 'consent') {
    const grant = new provider.Grant({ accountId: session?.accountId, clientId: String(params.client_id) });
    grant.addOIDCScope(SCOPES.join(' '));
    const grantId = await grant.save();
    return provider.interactionFinished(request, response, { consent: { grantId } }, { mergeWithLastSubmission: true });
  }
  if (request.method !== 'POST') return page(response, 200, PAGE(''));
  const form = new URLSearchParams(await text(request));
  const found = await options.authenticate(
    form.get('email') ?? '',
    form.get('password') ?? '',
    form.get('new_password') || null,
  );
  if (found === null) return page(response, 403, PAGE('Incorrect user name or password.'));
  if (found === 'new-password') return page(response, 200, PAGE('<input name="new_password" type="password">'));
  await provider.interactionFinished(
    request,
    response,
    { login: { accountId: found.sub } },
    { mergeWithLastSubmission: false },
  );
}

function page(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(html);
}
