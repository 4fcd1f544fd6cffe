import { existsSync, readFileSync, rmSync } from 'node:fs';
import { closeToOthers } from '@slipstream/runtime';
import { z } from 'zod';
import { userFile, writePrivately } from '../remote/user-folder.ts';
import { newSealKey, seal, unseal } from './seal.ts';
import { type Session, sessionSchema } from './session.ts';
import { type Keychain, systemKeychain } from './system-keychain.ts';

/** In the file: sealed with a key that the keychain keeps, or, where there is no keychain, as it is. */
const fileSchema = z.union([z.object({ sealed: z.string() }), z.object({ session: sessionSchema })]);

/**
 * Where a person's sessions are kept, one an API: a file that only they can read, sealed with a key of the system's
 * keychain where there is one. Only the key lies there, because tokens are longer than some keychains take.
 */
export class SessionStore {
  readonly #keychain: Keychain | null;

  constructor(keychain: Keychain | null = systemKeychain()) {
    this.#keychain = keychain;
  }

  async read(apiUrl: string): Promise<Session | null> {
    const path = pathOf(apiUrl);
    if (!existsSync(path)) return null;
    closeToOthers(path); // an older version, or a restored copy, may have left it open
    const parsed = fileSchema.safeParse(jsonOrNull(readFileSync(path, 'utf8')));
    if (!parsed.success) return null; // a torn or foreign file: signing in writes it anew
    if ('session' in parsed.data) return parsed.data.session;
    const key = await this.#keychain?.get(accountOf(apiUrl));
    const text = key ? unseal(parsed.data.sealed, key) : null;
    return text === null ? null : sessionSchema.parse(JSON.parse(text));
  }

  /** Says where it is kept now. */
  async write(apiUrl: string, session: Session): Promise<string> {
    const key = await this.#keyFor(accountOf(apiUrl));
    const content = key ? { sealed: seal(JSON.stringify(session), key) } : { session };
    writePrivately(pathOf(apiUrl), `${JSON.stringify(content)}\n`);
    const path = pathOf(apiUrl);
    return key && this.#keychain
      ? `${path}, sealed with a key in ${this.#keychain.name}`
      : `${path}, which only you can read (no keychain could be used)`;
  }

  async remove(apiUrl: string): Promise<void> {
    rmSync(pathOf(apiUrl), { force: true });
    await this.#keychain?.remove(accountOf(apiUrl));
  }

  async #keyFor(account: string): Promise<string | null> {
    if (this.#keychain === null) return null;
    const known = await this.#keychain.get(account);
    if (known) return known;
    const made = newSealKey();
    return (await this.#keychain.set(account, made)) ? made : null;
  }
}

function accountOf(apiUrl: string): string {
  return new URL(apiUrl).host.replace(/[^\w.-]/g, '-');
}

const pathOf = (apiUrl: string) => userFile('sessions', `${accountOf(apiUrl)}.json`);

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
