import { SlipstreamError } from '@slipstream/shared';

const DENIED = /AccessDenied|UnauthorizedOperation|Forbidden|NotAuthorized|AuthorizationError/i;
const NO_CREDENTIALS =
  /CredentialsProviderError|ExpiredToken|InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch/i;

/** Read-only calls, each of which may fail by itself: what was not permitted is said, and the rest goes on. */
export class Attempts {
  readonly notes: string[] = [];
  readonly #progress: (what: string) => void;
  #passed = 0;
  #failure: SlipstreamError | null = null;

  constructor(progress: (what: string) => void) {
    this.#progress = progress;
  }

  /** The call's answer; `fallback` where it is refused or fails. */
  async call<T>(action: string, work: () => Promise<T>, fallback: T): Promise<T> {
    this.#progress(action);
    try {
      const answer = await work();
      this.#passed += 1;
      return answer;
    } catch (thrown) {
      const name = thrown instanceof Error ? thrown.name : '';
      const message = thrown instanceof Error ? thrown.message : String(thrown);
      if (NO_CREDENTIALS.test(name))
        throw new SlipstreamError(
          'CREDENTIALS_EXPIRED',
          `AWS does not take your credentials (${name}): sign in (aws sso login), or name a profile with --profile.`,
          { cause: thrown },
        );
      const isDenied = DENIED.test(`${name} ${message}`);
      this.#failure ??= new SlipstreamError(isDenied ? 'ACCESS_DENIED' : 'STORE_UNAVAILABLE', `${action}: ${message}`, {
        cause: thrown,
      });
      const note = isDenied
        ? `You may not call ${action}: what it shows was not examined (slipstream doctor policy prints the least policy).`
        : `${action} failed (${message.slice(0, 160)}): what it shows was not examined.`;
      if (!this.notes.includes(note)) this.notes.push(note);
      return fallback;
    }
  }

  /** Throws where no call at all was answered: there is nothing to examine. */
  requireAny(): void {
    if (this.#passed > 0 || this.#failure === null) return;
    throw new SlipstreamError(
      this.#failure.code,
      `Nothing could be looked at. ${this.#failure.message} slipstream doctor policy prints the least policy that it needs.`,
      { cause: this.#failure },
    );
  }
}
