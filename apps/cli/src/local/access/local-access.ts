import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { type AccessGrant, type Clock, LOCAL_GRANT } from '@slipstream/shared';

/** As long as it takes to open the printed address, also after lunch. */
const CODE_MS = 3_600_000;
const CODES_MAX = 32;
const CODE_BYTES = 24;
const SESSION_S = 30 * 86_400;

/**
 * Who may use the local API: who holds the data folder's token, or the cookie that a browser got for a one-time code.
 *
 *   address with a code, printed once ──► cookie (HttpOnly, SameSite=Strict) ──► the page
 *   api-token, 0600 in the data folder ─► Authorization: Bearer ──────────────► verbs and scripts
 */
export class LocalAccess {
  readonly #token: string;
  readonly #clock: Clock;
  /** Each with the time at which it ends, epoch ms; the oldest first. */
  readonly #codes = new Map<string, number>();

  constructor(token: string, clock: Clock) {
    this.#token = token;
    this.#clock = clock;
  }

  /** A code that opens one session. Of many that nobody used, the newest count. */
  newCode(): string {
    const code = randomBytes(CODE_BYTES).toString('base64url');
    this.#codes.set(code, this.#clock.now() + CODE_MS);
    for (const oldest of this.#codes.keys()) if (this.#codes.size > CODES_MAX) this.#codes.delete(oldest);
    return code;
  }

  /** Whether the code opens a session; it does so once. */
  useCode(code: string): boolean {
    const endsAt = this.#codes.get(code) ?? 0;
    this.#codes.delete(code);
    return endsAt > this.#clock.now();
  }

  /** The header that gives a browser its session. Cookies know no ports, so the name does. */
  sessionCookie(port: number): string {
    return `${cookieName(port)}=${this.#session()}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${SESSION_S}`;
  }

  /** null for a request without a token or with a wrong one. */
  grantOf(headers: Headers, port: number): AccessGrant | null {
    const bearer = /^Bearer +(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1];
    if (bearer !== undefined) return isSame(bearer, this.#token) ? LOCAL_GRANT : null;
    const cookies = (headers.get('cookie') ?? '').split(/; */);
    const name = `${cookieName(port)}=`;
    const session = cookies.find((cookie) => cookie.startsWith(name))?.slice(name.length);
    return session !== undefined && isSame(session, this.#session()) ? LOCAL_GRANT : null;
  }

  /** Of the token, so that it outlives a restart and ends with the token; not the token, which scripts use. */
  #session(): string {
    return createHmac('sha256', this.#token).update('slipstream browser session').digest('base64url');
  }
}

const cookieName = (port: number) => `slipstream_${port}`;

/** In a time that tells nothing of where they differ. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
