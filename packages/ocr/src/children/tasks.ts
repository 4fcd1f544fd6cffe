import type { Script } from '@slipstream/ocr-models';
import {
  type ErrorCode,
  type OcrCode,
  type OcrLine,
  type OcrQuality,
  type OcrRegion,
  SlipstreamError,
} from '@slipstream/shared';
import type { OpenedFile } from '../pages/page-content.ts';
import type { EngineImage } from '../pictures/engine-image.ts';
import type { PageView } from '../views/page-views.ts';

/** What a reading process can be asked. Parent and child share one version of this file: nothing is checked twice. */
export type Task =
  | { readonly kind: 'warm'; readonly script: Script }
  | { readonly kind: 'open'; readonly image: EngineImage }
  | { readonly kind: 'measure'; readonly image: EngineImage; readonly isPhotograph: boolean }
  | { readonly kind: 'view'; readonly image: EngineImage }
  | { readonly kind: 'read'; readonly script: Script; readonly image: EngineImage };

/** What comes back, of the same kind. */
export type Result =
  | { readonly kind: 'warm'; readonly runtime: string }
  | ({ readonly kind: 'open' } & OpenedFile)
  | { readonly kind: 'measure'; readonly quality: OcrQuality | null; readonly codes: OcrCode[] }
  | { readonly kind: 'view'; readonly views: PageView[] }
  | { readonly kind: 'read'; readonly lines: OcrLine[]; readonly regions: OcrRegion[]; readonly runtime: string };

export type ResultOf<K extends Result['kind']> = Extract<Result, { kind: K }>;

/** An error as it crosses the process boundary; structured cloning would lose its class and its fields. */
export interface SentError {
  readonly code: ErrorCode;
  readonly message: string;
}

export type Reply =
  | { readonly id: number; readonly result: Result }
  | { readonly id: number; readonly error: SentError };

export interface Request {
  readonly id: number;
  readonly task: Task;
}

export function toSentError(thrown: unknown): SentError {
  if (thrown instanceof SlipstreamError) return { code: thrown.code, message: thrown.message };
  return { code: 'ENGINE_FAILED', message: `Reading failed: ${thrown instanceof Error ? thrown.message : thrown}` };
}

export function fromSentError({ code, message }: SentError): SlipstreamError {
  return new SlipstreamError(code, message);
}

/** The result as what was asked for. */
export function expectKind<K extends Result['kind']>(result: Result, kind: K): ResultOf<K> {
  if (isOfKind(result, kind)) return result;
  throw new SlipstreamError('ENGINE_FAILED', `The process that reads images answered "${result.kind}", not "${kind}".`);
}

function isOfKind<K extends Result['kind']>(result: Result, kind: K): result is ResultOf<K> {
  return result.kind === kind;
}
