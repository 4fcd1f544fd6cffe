import type { RecordStore } from '@slipstream/shared';
import {
  type Clock,
  instant,
  type ModelReviewRecord,
  modelReviewRecordSchema,
  type ReceiptRecord,
  recordKeys,
} from '@slipstream/shared';
import type { Budgets, Spending } from './budgets.ts';
import { parseRecord } from './parse-record.ts';

export type ReviewClaim =
  /** Ours to ask and to pay; what was spent is counted on this day. */
  | { readonly kind: 'claimed'; readonly day: string }
  /** Somebody asks at this moment, until `expires_at` (epoch milliseconds). */
  | { readonly kind: 'asked'; readonly expires_at: number }
  /** Somebody asked, may have paid, and died before the answer was stored. */
  | { readonly kind: 'lost' }
  | { readonly kind: 'exhausted'; readonly budget: string };

/** Far longer than a message can come again. */
const KEPT_MS = 35 * 86_400_000;

/**
 * MODEL_REVIEW records: that a language model is asked about one revision of a receipt at most once. The record and
 * the budget's counters are written in one transaction before anything is sent, so a retry never pays again.
 */
export class ModelReviews {
  readonly #records: RecordStore;
  readonly #budgets: Budgets;
  readonly #clock: Clock;

  constructor(records: RecordStore, budgets: Budgets, clock: Clock) {
    this.#records = records;
    this.#budgets = budgets;
    this.#clock = clock;
  }

  async claim(receipt: ReceiptRecord, spendings: readonly Spending[], answerMsMax: number): Promise<ReviewClaim> {
    const earlier = await this.#get(receipt);
    if (earlier) return this.#standing(earlier);
    const now = this.#clock.now();
    const record: ModelReviewRecord = {
      ...keyOf(receipt),
      type: 'MODEL_REVIEW',
      revision: 1,
      image_id: receipt.image_id,
      receipt_id: receipt.receipt_id,
      receipt_revision: receipt.revision,
      expires_at: now + answerMsMax,
      ttl: Math.floor((now + KEPT_MS) / 1_000),
      created_at: instant(this.#clock),
      updated_at: instant(this.#clock),
    };
    const spent = await this.#budgets.spend(spendings, [{ kind: 'put', record, condition: { ifAbsent: true } }]);
    if (spent.kind === 'spent') return { kind: 'claimed', day: spent.day };
    if (spent.kind === 'exhausted') return { kind: 'exhausted', budget: spent.name };
    const winner = await this.#get(receipt);
    return winner ? this.#standing(winner) : { kind: 'asked', expires_at: now };
  }

  /** Takes a claim back of which it is certain that nothing was paid. */
  async release(receipt: ReceiptRecord, day: string, spendings: readonly Spending[]): Promise<void> {
    await this.#records.write({ kind: 'delete', key: keyOf(receipt) });
    for (const { name, amount } of spendings) await this.#budgets.correct(day, name, -amount);
  }

  #standing({ expires_at }: ModelReviewRecord): ReviewClaim {
    return expires_at > this.#clock.now() ? { kind: 'asked', expires_at } : { kind: 'lost' };
  }

  async #get(receipt: ReceiptRecord): Promise<ModelReviewRecord | null> {
    const record = await this.#records.get(keyOf(receipt));
    return record && parseRecord(modelReviewRecordSchema, record);
  }
}

function keyOf({ image_id, receipt_id, revision }: ReceiptRecord) {
  return recordKeys.modelReview(image_id, receipt_id, revision);
}
