import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

/** One short secret an account, in the system's own keeping. */
export interface Keychain {
  /** As a person knows it. */
  readonly name: string;
  get(account: string): Promise<string | null>;
  /** False where it cannot be kept: no keychain, none unlocked, nobody to ask. */
  set(account: string, secret: string): Promise<boolean>;
  remove(account: string): Promise<void>;
}

const SERVICE = 'slipstream';
/** A keychain that asks for a password waits for a person. */
const WAIT_MS_MAX = 60_000;
/** Accounts and secrets go into command languages: nothing in them may have a meaning there. */
const PLAIN = /^[\w.:-]{1,200}$/;

/**
 * The keychain of macOS (`security`), the secret service of Linux (`secret-tool`, where it is installed); null
 * elsewhere. A secret is handed over on standard input: a command line can be read by everybody on the machine.
 */
export function systemKeychain(platform: NodeJS.Platform = process.platform): Keychain | null {
  if (platform === 'darwin') return macKeychain;
  if (platform === 'linux') return secretService;
  return null;
}

const macKeychain: Keychain = {
  name: "the system's keychain",
  get: async (account) =>
    (await run('security', ['find-generic-password', '-s', SERVICE, '-a', plain(account), '-w']))?.trim() || null,
  set: async (account, secret) => {
    // `security -i` reads its commands; it ends with 0 whatever became of them, so the secret is read back.
    await run('security', ['-i'], `add-generic-password -U -s ${SERVICE} -a ${plain(account)} -w ${plain(secret)}\n`);
    return (await macKeychain.get(account)) === secret;
  },
  remove: async (account) => {
    await run('security', ['delete-generic-password', '-s', SERVICE, '-a', plain(account)]);
  },
};

const secretService: Keychain = {
  name: "the desktop's secret service",
  get: async (account) =>
    (await run('secret-tool', ['lookup', 'service', SERVICE, 'account', plain(account)]))?.trim() || null,
  set: async (account, secret) => {
    const label = `--label=Slipstream ${plain(account)}`;
    const stored = await run('secret-tool', ['store', label, 'service', SERVICE, 'account', account], plain(secret));
    return stored !== null && (await secretService.get(account)) === secret;
  },
  remove: async (account) => {
    await run('secret-tool', ['clear', 'service', SERVICE, 'account', plain(account)]);
  },
};

function plain(word: string): string {
  if (PLAIN.test(word)) return word;
  throw new TypeError('Only letters, digits, dots, colons and hyphens go into the keychain.');
}

/** Standard output; null where the program is missing or fails, which both mean that there is no such keychain or secret. */
async function run(command: string, args: readonly string[], input = ''): Promise<string | null> {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  // Not spawn's own timeout: where the program is missing, that keeps this process alive for as long.
  const limit = setTimeout(() => child.kill(), WAIT_MS_MAX);
  const ended = new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', (code) => resolve(code));
  });
  child.stdin.on('error', () => {}); // a program that ended early reads nothing; its exit code tells
  child.stdin.end(input);
  const [out, code] = await Promise.all([text(child.stdout), ended]);
  clearTimeout(limit);
  return code === 0 ? out : null;
}
