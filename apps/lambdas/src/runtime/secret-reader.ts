import type { Logger } from '@slipstream/runtime';
import { isSlipstreamError } from '@slipstream/shared';
import { toStoreError } from '@slipstream/store-aws';
import { z } from 'zod';

/** A rotated secret, or the first value of an empty one, is known after at most so long. */
const MAX_AGE_S = 300;
/** What Secrets Manager says of a secret that was made and never given a value, as a deploy leaves it. */
const EMPTY = /specified secret value for staging label/;

export interface SecretOptions {
  /** The variable that holds the secret's ARN. */
  readonly variable: string;
  /** Where the secret is a JSON object, the field that holds it; else it is the whole text. */
  readonly field: string;
  readonly logger: Logger;
}

/**
 * Reads a secret on first use and keeps it for five minutes (Powertools); `isRefused` looks at once. null where there
 * is none, or none may be read: what can be done without it goes on, and the log says why.
 */
export function createSecretReader(options: SecretOptions): (isRefused: boolean) => Promise<string | null> {
  let provider: Promise<{ get(name: string, options: object): Promise<string | undefined> }> | null = null;
  let emptyUntil = 0;
  return async (isRefused) => {
    const arn = process.env[options.variable];
    if (!arn || Date.now() < emptyUntil) return null;
    provider ??= openProvider();
    try {
      const secret = await (await provider).get(arn, { maxAge: MAX_AGE_S, forceFetch: isRefused });
      return secretOf(secret ?? '', options.field);
    } catch (thrown) {
      const cause = causeOf(thrown);
      if (cause instanceof Error && EMPTY.test(cause.message)) {
        emptyUntil = Date.now() + MAX_AGE_S * 1_000;
        options.logger.info({ variable: options.variable }, 'the secret has no value: done without');
        return null;
      }
      const error = toStoreError(cause, `reading the secret ${options.variable}`);
      // Not there, or not ours to read: as good as none. Everything else passes.
      if (!isSlipstreamError(error, 'ACCESS_DENIED')) throw error;
      options.logger.error({ error }, 'a secret could not be read');
      return null;
    }
  };
}

/** Loaded on first use: most invocations need no secret. */
async function openProvider() {
  const { SecretsProvider } = await import('@aws-lambda-powertools/parameters/secrets');
  const provider = new SecretsProvider({
    clientConfig: {
      maxAttempts: 3,
      requestHandler: { connectionTimeout: 2_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
    },
  });
  return {
    get: async (name: string, { maxAge, forceFetch }: { maxAge?: number; forceFetch?: boolean }) => {
      const secret = await provider.get(name, { ...(maxAge ? { maxAge } : {}), forceFetch: forceFetch === true });
      return typeof secret === 'string' ? secret : undefined;
    },
  };
}

const jsonSecretSchema = z.record(z.string(), z.unknown());

function secretOf(text: string, field: string): string | null {
  if (!text.trimStart().startsWith('{')) return text.trim() || null;
  try {
    const value = jsonSecretSchema.parse(JSON.parse(text))[field];
    return typeof value === 'string' && value !== '' ? value : null;
  } catch {
    return null; // neither a key nor JSON: nothing that could be sent
  }
}

/** Powertools wraps the SDK's error. */
function causeOf(thrown: unknown): unknown {
  return thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
}
