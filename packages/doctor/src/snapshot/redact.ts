import type { Snapshot } from './snapshot.ts';

const REDACTED = '(redacted)';

/** What the doctor reads of a variable: where it leads. The rest may be a secret. */
const KEPT_NAMES =
  /^(AWS_(REGION|STS_REGIONAL_ENDPOINTS|S3_US_EAST_1_REGIONAL_ENDPOINT|ENDPOINT_URL\w*)|\w*(_TLS|_SSL|SSLMODE|SSL_MODE|USE_SSL|USE_TLS|_PORT)\w*|PORT|TLS|SSL|SLIPSTREAM_ENVIRONMENT|LOG_LEVEL)$/i;
const SECRET_NAMES = /SECRET(?!_ARN|_NAME|_ID)|PASSWORD|PASSWD|TOKEN|API_?KEY|PRIVATE|CREDENTIAL|ACCESS_KEY/i;

/** A snapshot that may be attached to a bug report: variables keep hosts, ARNs and names of resources, nothing else. */
export function redactSnapshot(snapshot: Snapshot): Snapshot {
  const names = new Set(
    [...snapshot.buckets, ...snapshot.queues, ...snapshot.secrets, ...snapshot.resources].map(({ name }) => name),
  );
  const functions = snapshot.functions.map((fn) => ({
    ...fn,
    environment:
      fn.environment === null
        ? null
        : Object.fromEntries(
            Object.entries(fn.environment).map(([name, value]) => [
              name,
              value === null ? null : redactVariable(name, value, names),
            ]),
          ),
  }));
  return { ...snapshot, functions };
}

function redactVariable(name: string, value: string, names: ReadonlySet<string> = new Set()): string {
  if (KEPT_NAMES.test(name) || names.has(value) || value.startsWith('arn:')) return value;
  const url = /^((?:jdbc:)?[a-z][a-z0-9+.-]*:\/\/)(?:[^@/\s]*@)?([^/?#\s]+)([^\s]*)$/i.exec(value);
  if (url) {
    // Of what is behind the host only what decides about TLS; a path may carry a key (webhooks do).
    const tls = /(sslmode|ssl|tls|useSSL)=\w+/i.exec(url[3] ?? '')?.[0];
    const isQueue = /(^|\.)sqs\.|queue\.amazonaws\.com/.test(url[2] ?? '');
    return `${url[1]}${url[2]}${isQueue ? url[3] : tls ? `/?${tls}` : ''}`;
  }
  if (SECRET_NAMES.test(name)) return REDACTED;
  if (/^[a-z0-9_-]+(\.[a-z0-9_-]+)+(:\d+)?(,[a-z0-9_-]+(\.[a-z0-9_-]+)+(:\d+)?)*$/i.test(value) && value.length < 400)
    return value;
  return REDACTED;
}
