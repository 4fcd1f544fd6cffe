import {
  Agents,
  Budgets,
  CallerImages,
  CallerReceipts,
  Changes,
  CompactionRuns,
  DegradedReadings,
  Deletions,
  IndexRecords,
  Jobs,
  MerchantChanges,
  MerchantReceipts,
  Merchants,
  ModelReviews,
  PlaceLookups,
  Receipts,
  Secrets,
  SweepPositions,
  UploadClaims,
  Uploads,
} from '@slipstream/records';
import type { Clock, ObjectStore, RecordStore } from '@slipstream/shared';

/** What repositories are made of. */
export interface Store {
  readonly records: RecordStore;
  readonly artifacts: ObjectStore;
  readonly clock: Clock;
}

/**
 * How each repository is made over a store: one function each, so that a function's bundle carries those alone that its
 * use case names. They hold no state; making one twice costs nothing.
 */
export const agentsOf = ({ records, clock }: Store) => new Agents(records, clock);
export const budgetsOf = ({ records, clock }: Store) => new Budgets(records, clock);
export const changesOf = ({ records, clock }: Store) => new Changes(records, clock);
export const compactionRunsOf = ({ records, clock }: Store) => new CompactionRuns(records, clock);
export const degradedReadingsOf = ({ records, clock }: Store) => new DegradedReadings(records, clock);
export const indexRecordsOf = ({ records, clock }: Store) => new IndexRecords(records, clock);
export const jobsOf = ({ records, clock }: Store) => new Jobs(records, clock);
export const merchantsOf = ({ records, clock }: Store) => new Merchants(records, clock);
export const placeLookupsOf = ({ records, clock }: Store) => new PlaceLookups(records, clock);
export const secretsOf = ({ records, clock }: Store) => new Secrets(records, clock);
export const sweepPositionsOf = ({ records, clock }: Store) => new SweepPositions(records, clock);
export const uploadClaimsOf = ({ records, clock }: Store) => new UploadClaims(records, clock);
export const uploadsOf = ({ records, clock }: Store) => new Uploads(records, clock);

export const receiptsOf = (store: Store) => new Receipts(store.records, store.artifacts, jobsOf(store), store.clock);
export const deletionsOf = (store: Store) =>
  new Deletions(store.records, jobsOf(store), receiptsOf(store), store.clock);
export const modelReviewsOf = (store: Store) => new ModelReviews(store.records, budgetsOf(store), store.clock);
export const merchantReceiptsOf = (store: Store) =>
  new MerchantReceipts(store.records, merchantsOf(store), store.clock);
export const callerImagesOf = (store: Store) =>
  new CallerImages(store.records, jobsOf(store), uploadsOf(store), store.clock);
export const callerReceiptsOf = (store: Store) =>
  new CallerReceipts(store.records, receiptsOf(store), uploadsOf(store), store.clock);
export const merchantChangesOf = (store: Store) =>
  new MerchantChanges(store.records, merchantsOf(store), merchantReceiptsOf(store), receiptsOf(store), store.clock);
