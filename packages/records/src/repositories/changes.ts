import type { Page, PutWrite, RecordStore, StoredRecord } from '@slipstream/shared';
import { type ChangeRecord, type Clock, changeRecordSchema, instant, recordKeys } from '@slipstream/shared';
import { parseRecord } from './parse-record.ts';

export type NewChange = Pick<
  ChangeRecord,
  'image_id' | 'receipt_id' | 'owner_id' | 'receipt_revision' | 'changed_by' | 'source'
> & { readonly changes: readonly FieldChange[] };

/** A leaf's value, or those of a row by its leaves' names; null: there was or is none. */
type ChangedValue = string | Readonly<Record<string, string | null>> | null;
export interface FieldChange {
  readonly field: string;
  readonly before: ChangedValue;
  readonly after: ChangedValue;
}

/** CHANGE records: who changed what of a receipt, when, and from where. Append only. */
export class Changes {
  readonly #records: RecordStore;
  readonly #clock: Clock;

  constructor(records: RecordStore, clock: Clock) {
    this.#records = records;
    this.#clock = clock;
  }

  /** For the transaction that changes the receipt. */
  appendWrite(change: NewChange): PutWrite {
    const now = instant(this.#clock);
    const record: StoredRecord = {
      ...recordKeys.change(change.image_id, change.receipt_id, change.receipt_revision),
      ...change,
      changes: change.changes.map(({ field, before, after }) => ({ field, before, after })),
      type: 'CHANGE',
      revision: 1,
      created_at: now,
      updated_at: now,
    };
    return { kind: 'put', record, condition: { ifAbsent: true } };
  }

  /** The oldest first. */
  async ofReceipt(
    imageId: string,
    receiptId: string,
    options: { readonly limit: number; readonly cursor?: string | null },
  ): Promise<Page<ChangeRecord>> {
    const page = await this.#records.query({
      partition: recordKeys.image(imageId).pk,
      prefix: `CHANGE#${receiptId}#`,
      limit: options.limit,
      cursor: options.cursor ?? null,
    });
    return { items: page.items.map((record) => parseRecord(changeRecordSchema, record)), cursor: page.cursor };
  }
}
