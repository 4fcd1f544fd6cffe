import type { RecordStore, RecordWrite } from '@slipstream/shared';
import {
  type BudgetRecord,
  budgetRecordSchema,
  type Clock,
  instant,
  isSlipstreamError,
  recordKeys,
  SlipstreamError,
} from '@slipstream/shared';
import { parseRecord } from './parse-record.ts';

/** So much of one budget, which holds at most `limit` a day (UTC). */
export interface Spending {
  readonly name: string;
  readonly amount: number;
  readonly limit: number;
}

export type Spent =
  | { readonly kind: 'spent'; readonly day: string }
  /** The budget that holds no more of it today; nothing was written. */
  | { readonly kind: 'exhausted'; readonly name: string }
  /** A write beside it did not hold; nothing was written. */
  | { readonly kind: 'refused' };

/** How long a day's counters are kept to be looked at. */
const KEPT_MS = 35 * 86_400_000;
/** Tries against others who spend at the same moment. */
const TRIES = 10;
const RETRY_MS_MAX = 40;

/** BUDGET records: counters a day, which grow only while the limit holds. */
export class Budgets {
  readonly #records: RecordStore;
  readonly #clock: Clock;

  constructor(records: RecordStore, clock: Clock) {
    this.#records = records;
    this.#clock = clock;
  }

  /** Spends all of it or nothing, in one transaction with the writes `beside`. */
  async spend(spendings: readonly Spending[], beside: readonly RecordWrite[] = []): Promise<Spent> {
    const day = instant(this.#clock).slice(0, 10);
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const used = await Promise.all(spendings.map(({ name }) => this.#get(day, name)));
      const exhausted = spendings.find(({ amount, limit }, index) => (used[index]?.used ?? 0) + amount > limit);
      if (exhausted) return { kind: 'exhausted', name: exhausted.name };
      const counts = spendings.map((spending, index) => this.#countWrite(day, spending, used[index] ?? null));
      try {
        await this.#records.transact([...beside, ...counts]);
        return { kind: 'spent', day };
      } catch (error) {
        if (!isSlipstreamError(error, 'CONDITION_FAILED')) throw error;
        // The first that did not hold is told: one of `beside`, or a counter that somebody else raised meanwhile.
        if (Number(error.details.index ?? 0) < beside.length) return { kind: 'refused' };
      }
      await this.#clock.sleep(Math.random() * RETRY_MS_MAX);
    }
    throw new SlipstreamError('STORE_BUSY', 'The budget is spent from by too many at once.');
  }

  /** Corrects a day's counter by what was really used, which may be less (negative) or more than was spent. */
  async correct(day: string, name: string, difference: number): Promise<void> {
    await this.#records.write({
      kind: 'update',
      key: recordKeys.budget(day, name),
      add: { used: difference },
      set: { updated_at: instant(this.#clock) },
    });
  }

  /** What is used of a budget today. */
  async used(name: string): Promise<number> {
    return (await this.#get(instant(this.#clock).slice(0, 10), name))?.used ?? 0;
  }

  async #get(day: string, name: string): Promise<BudgetRecord | null> {
    const record = await this.#records.get(recordKeys.budget(day, name));
    return record && parseRecord(budgetRecordSchema, record);
  }

  #countWrite(day: string, { name, amount }: Spending, before: BudgetRecord | null): RecordWrite {
    const now = instant(this.#clock);
    const key = recordKeys.budget(day, name);
    if (before) {
      const condition = { ifRevision: before.revision };
      return { kind: 'update', key, add: { used: amount }, set: { updated_at: now }, condition };
    }
    const record: BudgetRecord = {
      ...key,
      type: 'BUDGET',
      revision: 1,
      name,
      used: amount,
      ttl: Math.floor((this.#clock.now() + KEPT_MS) / 1_000),
      created_at: now,
      updated_at: now,
    };
    return { kind: 'put', record, condition: { ifAbsent: true } };
  }
}
