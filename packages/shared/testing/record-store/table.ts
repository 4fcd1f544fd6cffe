import { afterEach, beforeEach, expect } from 'vitest';
import type { Page } from '../../src/ports/page.ts';
import type { RecordQuery, RecordStore, StoredRecord } from '../../src/ports/record-store.ts';
import type { RecordStoreHarness } from '../record-store-contract.ts';

/** A table for each test of a suite; what is returned is to be used inside tests only. */
export function tableForEachTest(makeHarness: () => Promise<RecordStoreHarness>): Table {
  const table = new Table();
  let harness: RecordStoreHarness;
  beforeEach(async () => {
    harness = await makeHarness();
    table.records = harness.records;
  });
  afterEach(() => harness.dispose());
  return table;
}

/** The table of the running test, with the shorthands that the suites share. */
export class Table {
  #records: RecordStore | null = null;

  get records(): RecordStore {
    return this.#records ?? expect.fail('the table is for use inside a test');
  }

  set records(records: RecordStore) {
    this.#records = records;
  }

  async put(record: Partial<StoredRecord>): Promise<StoredRecord> {
    const whole = { ...KEY, type: 'JOB', revision: 1, ...record };
    await this.records.write({ kind: 'put', record: whole });
    return whole;
  }

  /** All pages of a query, and how many there were. Pages may be empty: DynamoDB ends a page before it knows that nothing follows. */
  async walk(query: RecordQuery): Promise<{ readonly items: StoredRecord[]; readonly pages: number }> {
    const items: StoredRecord[] = [];
    let cursor: string | null = null;
    for (let pages = 1; pages <= PAGES_MAX; pages += 1) {
      const page: Page<StoredRecord> = await this.records.query({ ...query, cursor });
      expect(page.items.length).toBeLessThanOrEqual(query.limit);
      items.push(...page.items);
      cursor = page.cursor;
      if (cursor === null) return { items, pages };
    }
    return expect.fail(`the query did not end within ${PAGES_MAX} pages`);
  }

  async sortKeys(query: Omit<RecordQuery, 'limit'>): Promise<string[]> {
    const { items } = await this.walk({ ...query, limit: 100 });
    return items.map(({ sk }) => sk);
  }

  /** The index is eventually consistent on AWS: looks until it shows what is expected. */
  async indexShows(query: Omit<RecordQuery, 'limit' | 'index'>, expected: readonly string[]): Promise<void> {
    await expect.poll(() => this.sortKeys({ ...query, index: 'gsi1' }), POLL).toEqual(expected);
  }
}

export const KEY = { pk: 'IMAGE#1', sk: 'OCR_JOB#1' };
const PAGES_MAX = 200;
const POLL = { timeout: 5_000, interval: 100 };
