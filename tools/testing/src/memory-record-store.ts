import {
  assertRecordWrite,
  assertTransaction,
  type CheckWrite,
  type Condition,
  type JsonValue,
  keyOfWrite,
  type Page,
  type RecordKey,
  type RecordQuery,
  type RecordStore,
  type RecordWrite,
  SlipstreamError,
  type StoredRecord,
} from '@slipstream/shared';

/** A table in memory, for tests that need no disk: conditions, transactions and the index as the port says. */
export class MemoryRecordStore implements RecordStore {
  readonly #records = new Map<string, StoredRecord>();

  async get(key: RecordKey): Promise<StoredRecord | null> {
    return this.#records.get(idOf(key)) ?? null;
  }

  async write(write: Exclude<RecordWrite, CheckWrite>): Promise<StoredRecord | null> {
    assertRecordWrite(write);
    this.#check(write, null);
    return this.#apply(write);
  }

  async transact(writes: readonly RecordWrite[]): Promise<void> {
    assertTransaction(writes);
    writes.forEach((write, index) => {
      this.#check(write, index);
    });
    for (const write of writes) this.#apply(write);
  }

  async query(query: RecordQuery): Promise<Page<StoredRecord>> {
    const [pk, sk] = query.index === 'gsi1' ? (['gsi1pk', 'gsi1sk'] as const) : (['pk', 'sk'] as const);
    const sorted = [...this.#records.values()]
      .filter((record) => record[pk] === query.partition && isInRange(record[sk] ?? '', query))
      .sort((a, b) => compare(sortKey(a, sk), sortKey(b, sk)));
    if (query.descending) sorted.reverse();
    const start = query.cursor ? Number(query.cursor) : 0;
    const end = start + query.limit;
    return { items: sorted.slice(start, end), cursor: end < sorted.length ? String(end) : null };
  }

  #check(write: RecordWrite, index: number | null): void {
    const condition = write.condition ?? (write.kind === 'update' ? { ifExists: true } : null);
    if (condition === null || holds(condition, this.#records.get(idOf(keyOfWrite(write))) ?? null)) return;
    throw new SlipstreamError('CONDITION_FAILED', 'The record is not in the expected state.', { details: { index } });
  }

  #apply(write: RecordWrite): StoredRecord | null {
    const id = idOf(keyOfWrite(write));
    switch (write.kind) {
      case 'check':
        return null;
      case 'delete':
        this.#records.delete(id);
        return null;
      case 'put':
        this.#records.set(id, structuredClone(write.record));
        return write.record;
      case 'update': {
        const before = this.#records.get(id);
        const entries = new Map<string, JsonValue | undefined>(Object.entries(before ?? {}));
        for (const [name, value] of Object.entries(write.set ?? {})) if (value !== undefined) entries.set(name, value);
        for (const name of write.remove ?? []) entries.delete(name);
        for (const [name, by] of Object.entries(write.add ?? {})) {
          entries.set(name, Number(entries.get(name) ?? 0) + by);
        }
        const { pk, sk } = write.key;
        const record = {
          ...Object.fromEntries(entries),
          pk,
          sk,
          type: String(entries.get('type')),
          revision: (before?.revision ?? 0) + 1,
        };
        this.#records.set(id, record);
        return record;
      }
    }
  }
}

function idOf({ pk, sk }: RecordKey): string {
  return JSON.stringify([pk, sk]);
}

function sortKey(record: StoredRecord, sk: 'sk' | 'gsi1sk'): string {
  return `${record[sk] ?? ''}\n${record.pk}\n${record.sk}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function isInRange(key: string, { prefix, between }: RecordQuery): boolean {
  if (prefix !== undefined) return key.startsWith(prefix);
  return between === undefined || (key >= between[0] && key <= between[1]);
}

function holds(condition: Condition, record: StoredRecord | null): boolean {
  if ('ifAbsent' in condition) return record === null;
  if (record === null) return false;
  if ('ifExists' in condition) return true;
  if ('ifRevision' in condition) return record.revision === condition.ifRevision;
  return Object.entries(condition.ifState).every(([name, wanted]) => {
    const values: readonly unknown[] = Array.isArray(wanted) ? wanted : [wanted];
    return values.includes(record[name] ?? null);
  });
}
