import { createServer, type Server } from 'node:http';
import { LOGIN_PORTS, loginRedirect } from '@slipstream/shared';
import { browse, type IssuerClient, type OidcIssuer, startOidcIssuer } from '@slipstream/testing/oidc-issuer';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { renew, type SignInPrompt, signIn, signOut } from '../../src/session/sign-in.ts';

const ADA = { email: 'ada@example.com', password: 'correct horse' };
/** Registered as the deploy registers it: three redirects, compared exactly, and neither a device flow nor offline_access. */
const CLIENT: IssuerClient = {
  client_id: 'slipstream-cli',
  redirect_uris: LOGIN_PORTS.map(loginRedirect),
  application_type: 'web',
  grant_types: ['authorization_code', 'refresh_token'],
};
const NATIVE: IssuerClient = { ...CLIENT, client_id: 'native', application_type: 'native' };

let issuer: OidcIssuer;
const blocked: Server[] = [];
const who = (client_id = CLIENT.client_id, anyPort = false) => ({
  issuer: issuer.url,
  client_id,
  audiences: [client_id],
  anyPort,
  scopes: [],
});

beforeEach(async () => {
  issuer = await startOidcIssuer({
    findClient: async (id) => [CLIENT, NATIVE].find(({ client_id }) => client_id === id) ?? null,
    authenticate: async (email, password) => (password === ADA.password ? { sub: 'ada', email } : null),
  });
});
afterEach(() => {
  issuer.close();
  for (const server of blocked.splice(0)) server.close();
});

function block(port: number): Promise<void> {
  const server = createServer();
  blocked.push(server);
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
}

/** Signs in with a browser that does as the person would; resolves with the session and the address it went to. */
async function enter(issuerOf = who(), person = ADA) {
  let opened = new URL('http://nowhere');
  let visited: ReturnType<typeof browse> | null = null;
  const show = (prompt: SignInPrompt) => {
    expect(prompt.kind).toBe('browser');
    opened = new URL(prompt.url);
    visited = browse(prompt.url, person);
  };
  const session = await signIn(issuerOf, show, new AbortController().signal);
  return { session, opened, page: await visited };
}

it('a person signs in by code, with PKCE, and comes back to the first registered port', async () => {
  const { session, opened, page } = await enter();
  expect(opened.searchParams.get('redirect_uri')).toBe(loginRedirect(LOGIN_PORTS[0] ?? 0));
  expect(opened.searchParams.get('code_challenge_method')).toBe('S256');
  expect(page).toMatchObject({ status: 200, text: expect.stringContaining('Signed in') });
  const claims = JSON.parse(Buffer.from(session.token.split('.')[1] ?? '', 'base64url').toString());
  expect(claims).toMatchObject({ iss: issuer.url, aud: CLIENT.client_id, sub: 'ada' });
  expect(session.refresh_token).not.toBeNull();
});

it('does not ask for a scope that the issuer does not list, and renews and signs out without it', async () => {
  const { session, opened } = await enter();
  expect(opened.searchParams.get('scope')).toBe('openid');
  const renewed = await renew(session);
  expect(renewed.token).not.toBe('');
  await signOut(renewed);
  await expect(renew(renewed)).rejects.toMatchObject({ code: 'CALLER_UNKNOWN' });
});

it('takes the next registered port where the first is in use', async () => {
  await block(LOGIN_PORTS[0] ?? 0);
  const { opened } = await enter();
  expect(opened.searchParams.get('redirect_uri')).toBe(loginRedirect(LOGIN_PORTS[1] ?? 0));
});

it('with all registered ports in use, any port will do only where the issuer compares none', async () => {
  for (const port of LOGIN_PORTS) await block(port);
  await expect(enter()).rejects.toMatchObject({
    code: 'CONFIGURATION_INVALID',
    message: expect.stringContaining(String(LOGIN_PORTS[0])),
  });
  const { opened, session } = await enter(who(NATIVE.client_id, true));
  expect(LOGIN_PORTS).not.toContain(Number(new URL(opened.searchParams.get('redirect_uri') ?? '').port));
  expect(session.client_id).toBe('native');
});

it('an answer without the state of this sign-in is not taken', async () => {
  let session: Promise<unknown> | null = null;
  const url = await new Promise<string>((resolve) => {
    session = signIn(who(), (prompt) => resolve(prompt.url), new AbortController().signal);
  });
  const forged = await fetch(`${loginRedirect(LOGIN_PORTS[0] ?? 0)}?code=stolen&state=guessed`);
  expect(forged.status).toBe(404);
  await browse(url, ADA);
  await expect(session).resolves.toMatchObject({ issuer: issuer.url });
});

it('a wrong password shows on the page, and Ctrl-C ends the wait with a sentence and frees the port', async () => {
  const stop = new AbortController();
  const show = async ({ url }: SignInPrompt) => {
    expect((await browse(url, { ...ADA, password: 'wrong' })).status).toBe(403);
    stop.abort();
  };
  await expect(signIn(who(), show, stop.signal)).rejects.toMatchObject({
    code: 'ABORTED',
    message: expect.stringContaining('interrupted'),
  });
  await expect(enter()).resolves.toMatchObject({ page: { status: 200 } });
});
