import { createHash, createHmac } from 'node:crypto';

/** A request as a client sends it to a presigned URL. */
export interface SentRequest {
  readonly method: string;
  readonly url: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Whether S3 would take a presigned request's signature: Signature Version 4 by its documentation ("Authenticating
 * requests: using query parameters", S3 API reference), and not by the SDK's code that made it.
 */
export function isSignatureValid(request: SentRequest, secretKey: string, at: Date): boolean {
  const url = new URL(request.url);
  const query = url.searchParams;
  const date = query.get('X-Amz-Date') ?? '';
  const signedHeaders = query.get('X-Amz-SignedHeaders') ?? '';
  const [, ...scope] = (query.get('X-Amz-Credential') ?? '').split('/');
  if (at.getTime() > instantOf(date) + Number(query.get('X-Amz-Expires')) * 1_000) return false;

  const headers: Record<string, string> = { ...request.headers, host: url.host };
  const canonicalHeaders = signedHeaders.split(';').map((name) => `${name}:${(headers[name] ?? '').trim()}\n`);
  const canonical = [
    request.method,
    url.pathname,
    canonicalQuery(query),
    canonicalHeaders.join(''),
    signedHeaders,
    'UNSIGNED-PAYLOAD',
  ].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', date, scope.join('/'), hex(canonical)].join('\n');
  const key = scope.reduce<Buffer | string>((secret, part) => hmac(secret, part), `AWS4${secretKey}`);
  return hmac(key, toSign).toString('hex') === query.get('X-Amz-Signature');
}

function canonicalQuery(query: URLSearchParams): string {
  const parameters = [...query].filter(([name]) => name !== 'X-Amz-Signature');
  const encoded = parameters.map(([name, value]) => `${encode(name)}=${encode(value)}`);
  return encoded.toSorted().join('&');
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Of 20260101T120000Z. */
function instantOf(date: string): number {
  return Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

const hex = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: Buffer | string, text: string) => createHmac('sha256', key).update(text).digest();
