import type { CompactionMessage, ReceiptRecord } from '@slipstream/shared';
import type { DeltaRow, IndexRow, RowMetadata } from '../src/index.ts';

/** What a row says, as a reader sees it. */
function sentence(row: Pick<IndexRow, 'id' | 'text' | 'merchant_id'>): string {
  return `${row.id} ${row.text} of ${row.merchant_id ?? 'nobody'}`;
}

interface State {
  readonly revision: number;
  readonly rows: readonly DeltaRow[];
  /** Of all its rows. */
  readonly says: string;
}

const NOTHING = '';

/** Every state that each receipt was ever in. A reader may see an older one than the newest, never a mixture. */
export class History {
  readonly #states = new Map<string, State[]>();
  /** The oldest state that may still be seen: what was acknowledged is not lost again. */
  readonly #seen = new Map<string, number>();

  reread(record: ReceiptRecord, rows: readonly DeltaRow[]): void {
    this.#add(record, record.revision, rows);
  }

  renamed(record: ReceiptRecord, metadata: RowMetadata): void {
    const last = this.#of(keyOf(record)).at(-1);
    this.#add(
      record,
      record.revision,
      (last?.rows ?? []).map((row) => ({ ...row, ...metadata })),
    );
  }

  removed(record: ReceiptRecord): void {
    this.#add(record, record.revision + 1, []);
  }

  /** From now on, readers see what the message was about, or what came after it. */
  acknowledged(message: CompactionMessage, receipts: readonly { receipt_id: string; revision: number }[]): void {
    for (const { receipt_id, revision } of receipts) {
      const key = keyOf({ image_id: message.image_id, receipt_id });
      const index = this.#of(key).findIndex((state) => state.revision >= revision);
      this.#seen.set(key, Math.max(this.#seen.get(key) ?? 0, index));
    }
  }

  /** What is wrong with these living rows; null for nothing. `isFinal`: only the newest state will do. */
  faultOf(rows: readonly IndexRow[], isFinal: boolean): string | null {
    const visible = Map.groupBy(rows, keyOf);
    for (const [key, states] of this.#states) {
      const says = saidBy(visible.get(key) ?? []);
      const oldest = isFinal ? states.length - 1 : (this.#seen.get(key) ?? 0);
      if (states.slice(oldest).some((state) => state.says === says)) continue;
      const index = states.findIndex((state) => state.says === says);
      if (index !== -1) return `${key} shows state ${index} of ${states.length - 1}, though ${oldest} was acknowledged`;
      return `${key} shows what it never was: ${says || 'nothing'}; its newest: ${states.at(-1)?.says || 'nothing'}`;
    }
    const stranger = [...visible.keys()].find((key) => !this.#states.has(key));
    return stranger === undefined ? null : `${stranger} was never read`;
  }

  #add(record: { image_id: string; receipt_id: string }, revision: number, rows: readonly DeltaRow[]): void {
    this.#of(keyOf(record)).push({ revision, rows, says: saidBy(rows) });
  }

  #of(key: string): State[] {
    // Before its first rows are merged, nothing of it is seen.
    const states = this.#states.get(key) ?? [{ revision: 0, rows: [], says: NOTHING }];
    this.#states.set(key, states);
    return states;
  }
}

function saidBy(rows: readonly Pick<IndexRow, 'id' | 'text' | 'merchant_id'>[]): string {
  return rows.map(sentence).toSorted().join('; ');
}

function keyOf({ image_id, receipt_id }: { image_id: string; receipt_id: string }): string {
  return `${image_id}#${receipt_id}`;
}
