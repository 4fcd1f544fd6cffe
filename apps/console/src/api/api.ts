import { type components, createClient } from '@slipstream/api-contract/client';

export type Schemas = components['schemas'];
export type ReceiptSummary = Schemas['ReceiptSummary'];
export type ReceiptDetail = Schemas['ReceiptDetail'];
export type ImageView = Schemas['Image'];
export type ImageText = Schemas['ImageText'];
export type ReceiptRows = { readonly receipts: readonly ReceiptSummary[]; readonly cursor: string | null };
export type Health = Schemas['Health'];

/** What the API says is wrong, in its own sentence; status 0: it did not answer. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export const client = createClient();

interface Answer {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

/**
 * The answer's data, or an ApiError. `T` is named by the caller, out of `Schemas`: openapi-fetch's own types turn the
 * document's tuples into arrays. Nothing is checked at run time; the server's tests hold answers to the document.
 */
export async function take<T>(answer: Promise<Answer>): Promise<T> {
  let got: Answer;
  try {
    got = await answer;
  } catch (cause) {
    if (cause instanceof ApiError || (cause instanceof DOMException && cause.name === 'AbortError')) throw cause;
    throw new ApiError(0, 'UNREACHABLE', 'Slipstream does not answer.');
  }
  // 204 has none.
  if (got.data !== undefined || got.response.ok) return got.data as T;
  throw problemOf(got.response.status, got.error);
}

export function problemOf(status: number, body: unknown): ApiError {
  const problem = typeof body === 'object' && body !== null ? (body as Partial<Schemas['Problem']>) : {};
  return new ApiError(status, problem.code ?? 'UNKNOWN', problem.detail ?? problem.title ?? `Status ${status}.`);
}
