/** Whom a token says it is of; null where it is no JWT. Nothing is verified here: that is the API's. */
export function tokenSubject(token: string): string | null {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    const { sub } = Object(claims);
    return typeof sub === 'string' ? sub : null;
  } catch {
    return null;
  }
}
