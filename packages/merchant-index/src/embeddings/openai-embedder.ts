import type { Budgets } from '@slipstream/records';
import { SlipstreamError } from '@slipstream/shared';
import type { Embedder } from './embedder.ts';
import { failureOf, type ProviderFailure } from './provider-failure.ts';
import { inRequests, tokensAtMost } from './request-size.ts';

export interface OpenAiEmbedderOptions {
  /** null where there is none. `isRefused`: the last one was not taken, whoever caches it has to look again. */
  readonly apiKey: (isRefused: boolean) => Promise<string | null>;
  /** Ends in /v1, as a rule; every server that speaks the same protocol will do. */
  readonly base_url: string;
  readonly model: string;
  readonly dimensions: number;
  readonly tokens_per_day: number;
  readonly budgets: Pick<Budgets, 'spend' | 'correct'>;
  readonly timeout_ms?: number;
}

/** Name of the budget's counter. */
export const EMBEDDING_BUDGET = 'embedding_tokens';
/** OpenAI answers a hundred short texts in half a second. */
const TIMEOUT_MS = 20_000;
/** OpenAI's refuses an empty text, and a receipt's last row has none below it. */
const NOTHING = '-';

/**
 * Vectors of OpenAI, or of any server that speaks its protocol. All rows of a receipt go in one request. Tokens are
 * spent from the day's budget before anything is sent, and corrected by what the answer says it cost.
 * `EMBEDDING_UNAVAILABLE` (later) where it does not answer, `EMBEDDING_BUDGET_SPENT` where the day's tokens are used up.
 */
export function createOpenAiEmbedder(options: OpenAiEmbedderOptions): Embedder {
  const { model, dimensions } = options;
  return {
    identity: { provider: `openai:${model}`, dimensions },
    embed: async (texts, { signal } = {}) => {
      const vectors: Float32Array[] = [];
      for (const request of inRequests(texts.map((text) => text.trim() || NOTHING))) {
        vectors.push(...(await paidVectors(options, request, signal)));
      }
      return vectors;
    },
  };
}

async function paidVectors(
  options: OpenAiEmbedderOptions,
  texts: readonly string[],
  signal: AbortSignal | undefined,
): Promise<readonly Float32Array[]> {
  const amount = tokensAtMost(texts);
  const spent = await options.budgets.spend([{ name: EMBEDDING_BUDGET, amount, limit: options.tokens_per_day }]);
  if (spent.kind !== 'spent') {
    throw new SlipstreamError(
      'EMBEDDING_BUDGET_SPENT',
      `Today's ${options.tokens_per_day} tokens for embeddings are used up; set SLIPSTREAM_EMBEDDING_TOKENS_PER_DAY, or "slipstream index rebuild" later.`,
    );
  }
  try {
    const { vectors, tokens } = await askTwice(options, texts, signal);
    await options.budgets.correct(spent.day, EMBEDDING_BUDGET, tokens - amount);
    return vectors;
  } catch (thrown) {
    const failure = failureOf(thrown);
    if (!failure.is_paid) await options.budgets.correct(spent.day, EMBEDDING_BUDGET, -amount);
    throw unavailable(failure, thrown);
  }
}

interface Answer {
  readonly vectors: readonly Float32Array[];
  readonly tokens: number;
}

/** A key that was rotated a moment ago: look at once instead of when the cache ends. */
async function askTwice(
  options: OpenAiEmbedderOptions,
  texts: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Answer> {
  try {
    return await ask(options, await options.apiKey(false), texts, signal);
  } catch (thrown) {
    if (failureOf(thrown).kind !== 'no_key') throw thrown;
    return ask(options, await options.apiKey(true), texts, signal);
  }
}

async function ask(
  { base_url, model, dimensions, timeout_ms = TIMEOUT_MS }: OpenAiEmbedderOptions,
  apiKey: string | null,
  texts: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Answer> {
  if (apiKey === null) throw new SlipstreamError('CONFIGURATION_INVALID', 'no key is stored for OpenAI');
  // Loaded on first use: the local embedder needs none of it.
  const { OpenAI: Client } = await import('openai');
  const client = new Client({ apiKey, baseURL: base_url, maxRetries: 0, timeout: timeout_ms, logLevel: 'off' });
  const answer = await client.embeddings.create(
    { model, input: [...texts], dimensions },
    signal === undefined ? {} : { signal },
  );
  const vectors = [...answer.data].sort((a, b) => a.index - b.index).map(({ embedding }) => unitVector(embedding));
  if (vectors.length !== texts.length || vectors.some((vector) => vector.length !== dimensions)) {
    throw new SlipstreamError(
      'EMBEDDING_UNAVAILABLE',
      `${model} gave ${vectors.length} vectors of ${vectors[0]?.length ?? 0} dimensions for ${texts.length} texts of ${dimensions}; does it know "dimensions"?`,
    );
  }
  return { vectors, tokens: answer.usage.total_tokens };
}

/** Shortened vectors come at length 1 from OpenAI, not from every server. */
function unitVector(values: readonly number[]): Float32Array {
  const length = Math.hypot(...values);
  return Float32Array.from(values, (value) => (length === 0 ? 0 : value / length));
}

function unavailable({ why }: ProviderFailure, cause: unknown): SlipstreamError {
  return new SlipstreamError('EMBEDDING_UNAVAILABLE', `Embeddings could not be made: ${why}.`, { cause });
}
