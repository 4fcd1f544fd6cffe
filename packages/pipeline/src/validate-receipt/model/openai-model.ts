import type OpenAI from 'openai';
import { z } from 'zod';
import { correctionsSchema } from '../corrections.ts';
import { COMPLETION_TOKENS_MAX, type LanguageModel, type ModelQuestion, type ModelReply } from './language-model.ts';

export interface OpenAiOptions {
  /** null where there is none. `isRefused`: the last one was not taken, whoever caches it has to look again. */
  readonly apiKey: (isRefused: boolean) => Promise<string | null>;
  readonly model: string;
  /** Ends in /v1, as a rule; every server that speaks the same protocol will do. */
  readonly base_url: string;
}

/** Errors of the connection after which it is certain that the question never arrived. */
const UNREACHED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** A model behind OpenAI's chat completions with structured output. One request a question: whoever asks repeats. */
export function createOpenAiModel(options: OpenAiOptions): LanguageModel {
  return {
    ask: async (question, timeoutMs) => {
      const first = await askWith(options, await options.apiKey(false), question, timeoutMs);
      if (first.kind !== 'no_key') return first;
      // A key that was rotated a moment ago: look at once instead of when the cache ends.
      return askWith(options, await options.apiKey(true), question, timeoutMs);
    },
  };
}

async function askWith(
  { model, base_url }: OpenAiOptions,
  apiKey: string | null,
  question: ModelQuestion,
  timeoutMs: number,
): Promise<ModelReply> {
  if (apiKey === null) return { kind: 'no_key', why: 'no key is stored' };
  // Loaded on first use: most receipts never need it, and it is a third of the bundle.
  const { OpenAI: Client } = await import('openai');
  const client = new Client({ apiKey, baseURL: base_url, maxRetries: 0, timeout: timeoutMs, logLevel: 'off' });
  try {
    return replyOf(await client.chat.completions.create(requestOf(model, question)));
  } catch (thrown) {
    return failureOf(thrown);
  }
}

function requestOf(
  model: string,
  { instructions, receipt }: ModelQuestion,
): OpenAI.Chat.ChatCompletionCreateParamsNonStreaming {
  return {
    model,
    max_completion_tokens: COMPLETION_TOKENS_MAX,
    messages: [
      { role: 'system', content: instructions },
      { role: 'user', content: receipt },
    ],
    response_format: {
      type: 'json_schema',
      json_schema: { name: 'corrections', strict: true, schema: z.toJSONSchema(correctionsSchema) },
    },
  };
}

function replyOf(completion: OpenAI.Chat.ChatCompletion): ModelReply {
  const { usage } = completion;
  const content = completion.choices[0]?.message.content ?? '';
  return {
    kind: 'answered',
    model: completion.model,
    prompt_tokens: usage?.prompt_tokens ?? 0,
    completion_tokens: usage?.completion_tokens ?? 0,
    corrections: correctionsOf(content),
  };
}

function correctionsOf(content: string) {
  try {
    return correctionsSchema.safeParse(JSON.parse(content)).data ?? null;
  } catch {
    return null; // no JSON: cut off at the limit of tokens, or a refusal in words
  }
}

/** The parts of the client's errors that tell, without loading its classes. */
function failureOf(thrown: unknown): ModelReply {
  const { status, name, message }: { status?: number; name?: string; message?: string } = Object(thrown);
  const why = status === undefined ? String(message) : `it answered ${status}`;
  if (status === 401 || status === 403) return { kind: 'no_key', why };
  if (status === 408 || status === 409 || status === 429 || (status !== undefined && status >= 500)) {
    return { kind: 'unavailable', why, cause: thrown };
  }
  if (status !== undefined) return { kind: 'refused', why };
  if (name !== 'APIConnectionTimeoutError' && UNREACHED.has(codeOf(thrown))) {
    return { kind: 'unavailable', why, cause: thrown };
  }
  return { kind: 'lost', why };
}

/** The system's error code, wherever in the chain of causes it is. */
function codeOf(thrown: unknown): string {
  const { code, cause }: { code?: unknown; cause?: unknown } = Object(thrown);
  if (typeof code === 'string') return code;
  return cause === undefined ? '' : codeOf(cause);
}
