import { type ErrorDetails, isErrorCode, type RetryVerdict, SlipstreamError } from '@slipstream/shared';
import type { SqliteCore } from '../sqlite-core.ts';

/** What is asked of a core, there or in a thread. */
export const CORE_METHODS = [
  'apply',
  'removeImage',
  'list',
  'spending',
  'scan',
  'check',
  'status',
  'openBuild',
  'applyToBuild',
  'saveBuild',
  'publishBuild',
  'closeBuild',
  'close',
] as const satisfies readonly (keyof SqliteCore)[];
export type CoreMethod = (typeof CORE_METHODS)[number];

/** A core whose answers come later. */
export type AsyncCore = {
  readonly [M in CoreMethod]: (...args: Parameters<SqliteCore[M]>) => Promise<ReturnType<SqliteCore[M]>>;
};

export interface Call {
  readonly id: number;
  readonly method: CoreMethod;
  readonly args: readonly unknown[];
}

export type Reply =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: SentError }
  | { readonly notice: string };

interface SentError {
  readonly code: string;
  readonly message: string;
  readonly details: ErrorDetails;
  readonly retry: RetryVerdict;
}

export function toSentError(thrown: unknown): SentError {
  const { code, message, details, retry } = SlipstreamError.from(thrown);
  return { code, message, details, retry };
}

export function fromSentError({ code, message, details, retry }: SentError): SlipstreamError {
  return new SlipstreamError(isErrorCode(code) ? code : 'INTERNAL', message, { details, retry });
}
