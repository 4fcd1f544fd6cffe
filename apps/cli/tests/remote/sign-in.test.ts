import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DeployedStack } from '../../src/remote/deployed-stack.ts';
import { SessionStore } from '../../src/session/session-store.ts';
import { renew, signIn, signOut } from '../../src/session/sign-in.ts';
import { systemKeychain } from '../../src/session/system-keychain.ts';
import { tokenSource } from '../../src/session/token-source.ts';
import { AUDIENCE, startIssuer, type TestIssuer } from './issuer.ts';

const API = 'https://api.example.com';
let issuer: TestIssuer;
let folder = '';
const who = () => ({
  issuer: issuer.url,
  client_id: 'slipstream-cli',
  audiences: [AUDIENCE],
  anyPort: false,
  scopes: [],
});
const enter = () => signIn(who(), () => {}, new AbortController().signal);
const stack = () => new DeployedStack('slipstream-dev', { api_url: API });

beforeEach(async () => {
  issuer = await startIssuer();
  folder = await mkdtemp(join(tmpdir(), 'slipstream-session-'));
  vi.stubEnv('XDG_CONFIG_HOME', folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  issuer.close();
  await rm(folder, { recursive: true, force: true });
});

describe('signing in by device flow', () => {
  it('shows the code, waits until it is confirmed, and keeps what was granted', async () => {
    issuer.polls = ['authorization_pending', 'authorization_pending', 'granted'];
    const shown = vi.fn();
    const session = await signIn(who(), shown, new AbortController().signal);
    expect(shown).toHaveBeenCalledWith(expect.objectContaining({ code: 'ABCD-EFGH', url: `${issuer.url}/activate` }));
    expect(session).toMatchObject({ refresh_token: 'refresh-1', client_id: 'slipstream-cli' });
    expect(session.expires_at).toBeGreaterThan(Date.now() + 3_000_000);
  });

  it('polls five seconds slower when it is told to slow down', async () => {
    issuer.polls = ['slow_down', 'granted'];
    await enter();
    const [first = 0, second = 0] = issuer.polledAt;
    expect(second - first).toBeGreaterThanOrEqual(4_900);
  });

  it.each([
    ['access_denied', 'denied'],
    ['expired_token', 'expired'],
  ] as const)('%s ends it with a sentence', async (answer, word) => {
    issuer.polls = [answer];
    await expect(enter()).rejects.toMatchObject({ code: 'ABORTED', message: expect.stringContaining(word) });
  });

  it('renews, and says to sign in again when the issuer has ended the session', async () => {
    const session = await enter();
    const renewed = await renew(session);
    expect(renewed.token).not.toBe(session.token);
    expect(renewed.refresh_token).toBe('refresh-2');
    issuer.isRefreshRefused = true;
    await expect(renew(renewed)).rejects.toMatchObject({ code: 'CALLER_UNKNOWN' });
  });

  it('signing out revokes the refresh token', async () => {
    await signOut(await enter());
    expect(issuer.revoked).toEqual(['refresh-1']);
  });
});

describe('the session', () => {
  it('without a keychain lies in a file that only its owner can read', async () => {
    const store = new SessionStore(null);
    const session = await enter();
    await store.write(API, session);
    const file = join(folder, 'slipstream', 'sessions', 'api.example.com.json');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await store.read(API)).toEqual(session);
    await store.remove(API);
    expect(await store.read(API)).toBeNull();
  });

  it.each(['linux', 'darwin'] as const)(
    'on %s is sealed with a key of the keychain, handed over on standard input',
    async (platform) => {
      // A program in the system's place keeps the last secret and writes down how it was called.
      const program = `#!/bin/sh
echo "$*" >> "${folder}/calls"
case "$1" in
  store) cat > "${folder}/secret" ;;
  -i) sed 's/.*-w //' > "${folder}/secret" ;;
  lookup|find-generic-password) cat "${folder}/secret" 2>/dev/null ;;
  *) rm -f "${folder}/secret" ;;
esac
`;
      for (const name of ['secret-tool', 'security']) await writeFile(join(folder, name), program, { mode: 0o755 });
      vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
      const store = new SessionStore(systemKeychain(platform));
      const session = await enter();
      expect(await store.write(API, session)).toContain('sealed');
      const written = await readFile(join(folder, 'slipstream', 'sessions', 'api.example.com.json'), 'utf8');
      expect(written).not.toContain(session.token);
      expect(await store.read(API)).toEqual(session);
      const secret = (await readFile(join(folder, 'secret'), 'utf8')).trim();
      expect(secret).toMatch(/^[0-9a-f]{64}$/);
      expect(await readFile(join(folder, 'calls'), 'utf8')).not.toContain(secret);
      await store.remove(API);
      expect(await store.read(API)).toBeNull();
    },
  );

  it('without a keychain program ends as soon as it is done', async () => {
    const module = new URL('../../src/session/system-keychain.ts', import.meta.url).href;
    const program = `const { systemKeychain } = await import('${module}');
      process.exitCode = (await systemKeychain('linux').set('a', 'b')) ? 1 : 0;`;
    const { status, signal } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      env: { PATH: folder },
      timeout: 30_000,
    });
    expect({ status, signal }).toEqual({ status: 0, signal: null });
  });

  it('gives its token, renews one that was refused, and keeps the new one', async () => {
    const store = new SessionStore(null);
    const session = await enter();
    await store.write(API, session);
    const token = tokenSource(stack(), store);
    expect(await token(null)).toBe(session.token);
    const renewed = await token(session.token);
    expect(renewed).not.toBe(session.token);
    expect((await store.read(API))?.token).toBe(renewed);
  });

  it('nobody signed in is told how', async () => {
    await expect(tokenSource(stack(), new SessionStore(null))(null)).rejects.toMatchObject({
      code: 'CALLER_UNKNOWN',
      message: expect.stringContaining('slipstream login --stack dev'),
    });
  });
});
