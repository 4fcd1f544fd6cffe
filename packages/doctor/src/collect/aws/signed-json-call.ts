import { createHash, createHmac } from 'node:crypto';

/** What a request is signed with, as the SDK's clients resolve it. */
export interface SigningFacts {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  readonly region: string;
}

const ANSWER_MS_MAX = 20_000;

/**
 * One call of an AWS JSON 1.1 API, signed with Signature Version 4 [IAM user guide, "Create a signed AWS API request"].
 * For services whose SDK client would bring a second copy of the SDK's core.
 */
export async function signedJsonCall(
  service: string,
  target: string,
  input: Readonly<Record<string, unknown>>,
  facts: SigningFacts,
  endpoint: string,
): Promise<unknown> {
  const url = new URL(endpoint);
  const body = JSON.stringify(input);
  const time = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
  const headers: Record<string, string> = {
    'content-type': 'application/x-amz-json-1.1',
    host: url.host,
    'x-amz-date': time,
    'x-amz-target': target,
    ...(facts.sessionToken ? { 'x-amz-security-token': facts.sessionToken } : {}),
  };
  const { host: _, ...sent } = headers;
  const answer = await fetch(url, {
    method: 'POST',
    body,
    headers: { ...sent, authorization: authorization(service, headers, body, time, facts) },
    signal: AbortSignal.timeout(ANSWER_MS_MAX),
  });
  const text = await answer.text();
  const document: unknown = text.startsWith('{') ? JSON.parse(text) : {};
  if (answer.ok) return document;
  const { __type: type, message, Message }: Record<string, unknown> = Object(document);
  throw Object.assign(new Error(String(message ?? Message ?? `HTTP ${answer.status}`)), {
    name: typeof type === 'string' ? (type.split('#').at(-1) ?? type) : `Http${answer.status}`,
  });
}

function authorization(
  service: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  time: string,
  { accessKeyId, secretAccessKey, region }: SigningFacts,
): string {
  const names = Object.keys(headers).toSorted();
  const scope = `${time.slice(0, 8)}/${region}/${service}/aws4_request`;
  const lines = names.map((name) => `${name}:${headers[name]}\n`).join('');
  const request = ['POST', '/', '', lines, names.join(';'), hash(body)].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', time, scope, hash(request)].join('\n');
  const key = [time.slice(0, 8), region, service, 'aws4_request'].reduce<string | Buffer>(
    (secret, part) => hmac(secret, part),
    `AWS4${secretAccessKey}`,
  );
  const signature = hmac(key, toSign).toString('hex');
  return `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
