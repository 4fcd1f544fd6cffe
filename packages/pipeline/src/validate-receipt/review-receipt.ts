import { getDocument, putDocument, type Spending } from '@slipstream/records';
import {
  instant,
  isObjectFault,
  type OcrDocument,
  ocrDocumentSchema,
  type Reason,
  type Receipt,
  type ReceiptRecord,
  reviewKey,
  SlipstreamError,
} from '@slipstream/shared';
import { applyCorrections } from './apply-corrections.ts';
import { type ModelAnswer, modelAnswerSchema } from './corrections.ts';
import { type LanguageModel, type ModelReply, tokensOf } from './model/language-model.ts';
import { questionOf } from './model/question.ts';
import type { ValidatePorts } from './validate-ports.ts';

export interface Reviewer {
  readonly model: LanguageModel;
  readonly calls_per_day: number;
  readonly tokens_per_day: number;
}

/** Names of the budgets' counters. */
export const CALLS_BUDGET = 'model_calls';
export const TOKENS_BUDGET = 'model_tokens';

/** How long the model may think; less where the invocation has less left. */
const ANSWER_MS_MAX = 45_000;
/** After the answer: storing it, the receipt and the verdict. */
const AFTERWARDS_MS = 5_000;
/** Receives of the message after which an unavailable model is given up, and a person looks instead. */
const RECEIVES_MAX = 3;

export interface Attempt {
  readonly receive_count: number;
  remainingMs(): number;
}

/**
 * Lets the model look at a receipt whose checks fail or that is not sure enough. Returns the receipt with the
 * corrections that were taken, or with the reasons why it still needs a person. Rejects (`MODEL_UNAVAILABLE`, later)
 * only where another try is free and can help.
 *
 *   answer stored? ──yes──────────────────────────────────────────────┐
 *        │ no                                                         ▼
 *   claim + budget, one transaction ──► ask ──► store the answer ──► apply ──► (the caller settles by revision)
 *
 * A crash after the claim costs the answer, never a second payment: the next try finds the claim without an answer.
 */
export async function reviewReceipt(
  ports: ValidatePorts,
  reviewer: Reviewer,
  record: ReceiptRecord,
  receipt: Receipt,
  attempt: Attempt,
): Promise<Receipt> {
  const document = await ocrDocumentOf(ports, record);
  if (document === null) {
    return withReasons(receipt, [
      reason('OCR_DOCUMENT_LOST', 'The language model was not asked: what was read is lost; reprocess the image.'),
    ]);
  }
  const known = await storedAnswer(ports, record);
  const answer = known ?? (await paidAnswer(ports, reviewer, record, receipt, document, attempt));
  if ('code' in answer) return withReasons(receipt, [answer]);
  if (answer.corrections === null) {
    return withReasons(receipt, [reason('MODEL_ANSWER_UNUSABLE', 'The language model gave no usable answer.')]);
  }
  const { receipt: corrected, refused } = applyCorrections(receipt, document, answer.corrections);
  return withReasons(corrected, refused);
}

/** The answer, or the reason why there is none. */
async function paidAnswer(
  ports: ValidatePorts,
  reviewer: Reviewer,
  record: ReceiptRecord,
  receipt: Receipt,
  document: OcrDocument,
  attempt: Attempt,
): Promise<ModelAnswer | Reason> {
  const question = questionOf(receipt, document);
  const timeoutMs = Math.min(ANSWER_MS_MAX, attempt.remainingMs() - AFTERWARDS_MS);
  if (timeoutMs <= 0) throw new SlipstreamError('TIME_EXHAUSTED', 'No time is left to ask the language model.');
  const spendings: readonly Spending[] = [
    { name: CALLS_BUDGET, amount: 1, limit: reviewer.calls_per_day },
    { name: TOKENS_BUDGET, amount: tokensOf(question), limit: reviewer.tokens_per_day },
  ];
  const claim = await ports.modelReviews.claim(record, spendings, timeoutMs + AFTERWARDS_MS);
  switch (claim.kind) {
    case 'asked':
      throw new SlipstreamError('MODEL_UNAVAILABLE', 'The language model is being asked about it at this moment.');
    case 'lost':
      return reason(
        'MODEL_ANSWER_LOST',
        'The language model was asked, but its answer was lost; it is not asked twice.',
      );
    case 'exhausted':
      return reason('MODEL_BUDGET_SPENT', `Today's budget for the language model (${claim.budget}) is spent.`);
    case 'claimed':
      break;
  }
  const reply = await reviewer.model.ask(question, timeoutMs);
  if (reply.kind === 'answered') return keepAnswer(ports, record, reply, claim.day, tokensOf(question));
  if (reply.kind !== 'lost') await ports.modelReviews.release(record, claim.day, spendings);
  return giveUp(reply, attempt);
}

function giveUp(reply: Exclude<ModelReply, { kind: 'answered' }>, { receive_count }: Attempt): Reason {
  switch (reply.kind) {
    case 'no_key':
      return reason('MODEL_KEY_MISSING', `No language model could be asked: ${reply.why}.`);
    case 'refused':
      return reason('MODEL_REFUSED', `The language model did not take the question: ${reply.why}.`);
    case 'lost':
      return reason('MODEL_ANSWER_LOST', 'The language model was asked, but its answer did not come in time.');
    case 'unavailable':
      if (receive_count < RECEIVES_MAX) {
        throw new SlipstreamError('MODEL_UNAVAILABLE', `The language model cannot be reached: ${reply.why}.`, {
          cause: reply.cause,
        });
      }
      return reason('MODEL_UNAVAILABLE', `The language model could not be reached ${receive_count} times.`);
  }
}

/** Stored before anything is made of it: from here on every retry has it for nothing. */
async function keepAnswer(
  ports: ValidatePorts,
  record: ReceiptRecord,
  reply: Extract<ModelReply, { kind: 'answered' }>,
  day: string,
  tokensSpent: number,
): Promise<ModelAnswer> {
  const { model, prompt_tokens, completion_tokens, corrections } = reply;
  const answered_at = instant(ports.clock);
  const answer: ModelAnswer = {
    schema_version: 1,
    model,
    answered_at,
    prompt_tokens,
    completion_tokens,
    corrections,
  };
  await putDocument(ports.artifacts, keyOf(record), modelAnswerSchema, answer);
  await ports.budgets.correct(day, TOKENS_BUDGET, prompt_tokens + completion_tokens - tokensSpent);
  return answer;
}

async function storedAnswer(ports: ValidatePorts, record: ReceiptRecord): Promise<ModelAnswer | null> {
  try {
    return await getDocument(ports.artifacts, keyOf(record), modelAnswerSchema);
  } catch (error) {
    // A lost answer is answered for by the claim: it is not paid twice.
    if (isObjectFault(error)) return null;
    throw error;
  }
}

/** null where it is lost. */
async function ocrDocumentOf(ports: ValidatePorts, { image_id, job_id }: ReceiptRecord): Promise<OcrDocument | null> {
  const job = await ports.jobs.get(image_id, job_id);
  if (!job?.document_key) return null;
  try {
    return await getDocument(ports.artifacts, job.document_key, ocrDocumentSchema);
  } catch (error) {
    if (isObjectFault(error)) return null;
    throw error;
  }
}

function withReasons(receipt: Receipt, added: readonly Reason[]): Receipt {
  const reasons = [...receipt.reasons, ...added];
  return { ...receipt, reasons, needs_review: receipt.needs_review || added.length > 0 };
}

function keyOf({ image_id, receipt_id, revision }: ReceiptRecord): string {
  return reviewKey(image_id, receipt_id, revision);
}

function reason(code: string, message: string): Reason {
  return { code, message };
}
