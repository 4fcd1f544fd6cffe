import { describe } from 'vitest';
import type { RecordStore } from '../src/ports/record-store.ts';
import { describeRecordConditions } from './record-store/conditions.ts';
import { describeRecordLimits } from './record-store/limits.ts';
import { describeRecordQueries } from './record-store/queries.ts';
import { describeRecordTransactions } from './record-store/transactions.ts';
import { describeRecordUpdates } from './record-store/updates.ts';

/** A table for one test, empty. */
export interface RecordStoreHarness {
  readonly records: RecordStore;
  dispose(): Promise<void>;
}

/** Every `RecordStore` behaves so, on every home. */
export function describeRecordStoreContract(name: string, makeHarness: () => Promise<RecordStoreHarness>): void {
  describe(`${name} keeps the contract of RecordStore`, () => {
    describeRecordConditions(makeHarness);
    describeRecordUpdates(makeHarness);
    describeRecordTransactions(makeHarness);
    describeRecordQueries(makeHarness);
    describeRecordLimits(makeHarness);
  });
}
