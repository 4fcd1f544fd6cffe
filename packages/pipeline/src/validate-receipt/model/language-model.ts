import type { Corrections } from '../corrections.ts';

export interface ModelQuestion {
  readonly instructions: string;
  /** JSON: the OCR's text and the fields as they were read. Data, never instructions. */
  readonly receipt: string;
}

export type ModelReply =
  | {
      readonly kind: 'answered';
      readonly model: string;
      readonly prompt_tokens: number;
      readonly completion_tokens: number;
      /** null: cut off, refused or not of the schema. It is paid for nevertheless. */
      readonly corrections: Corrections | null;
    }
  /** There is no key, or none that is taken: nothing was paid. */
  | { readonly kind: 'no_key'; readonly why: string }
  /** The server cannot answer now: nothing was paid, and another try can help. */
  | { readonly kind: 'unavailable'; readonly why: string; readonly cause: unknown }
  /** The server does not take this question at all: nothing was paid. */
  | { readonly kind: 'refused'; readonly why: string }
  /** No answer came, and nobody knows whether it will be paid. */
  | { readonly kind: 'lost'; readonly why: string };

/** A language model that reads a receipt a second time. Never rejects: what went wrong is an answer too. */
export interface LanguageModel {
  ask(question: ModelQuestion, timeoutMs: number): Promise<ModelReply>;
}

/** Tokens of an answer: some 40 corrections. */
export const COMPLETION_TOKENS_MAX = 3_000;

/** More tokens than the question can have: receipts, which are half digits, have about 2.5 characters a token. */
export function tokensOf({ instructions, receipt }: ModelQuestion): number {
  return Math.ceil((instructions.length + receipt.length) / 2) + COMPLETION_TOKENS_MAX;
}
