import type * as records from '@slipstream/records';
import * as repositories from './repositories.ts';
import { type LogPorts, type MemoryPorts, type OpenStore, type WorkPorts, workPorts } from './work-ports.ts';

/** All ports, for a program that runs every use case. A function takes those of its use case. */
export interface AllPorts extends WorkPorts, MemoryPorts {
  readonly agents: records.Agents;
  readonly jobs: records.Jobs;
  readonly uploads: records.Uploads;
  readonly uploadClaims: records.UploadClaims;
  readonly secrets: records.Secrets;
  readonly degradedReadings: records.DegradedReadings;
  readonly changes: records.Changes;
  readonly deletions: records.Deletions;
  readonly receipts: records.Receipts;
  readonly callerImages: records.CallerImages;
  readonly callerReceipts: records.CallerReceipts;
  readonly budgets: records.Budgets;
  readonly modelReviews: records.ModelReviews;
  readonly merchants: records.Merchants;
  readonly placeLookups: records.PlaceLookups;
  readonly merchantReceipts: records.MerchantReceipts;
  readonly merchantChanges: records.MerchantChanges;
  readonly compactionRuns: records.CompactionRuns;
  readonly indexRecords: records.IndexRecords;
  readonly sweepPositions: records.SweepPositions;
}

export function allPorts(store: OpenStore, options: LogPorts & Partial<MemoryPorts>): AllPorts {
  const ports = workPorts(store, options);
  return {
    ...ports,
    merchantMemory: options.merchantMemory ?? (async () => null),
    agents: repositories.agentsOf(ports),
    jobs: repositories.jobsOf(ports),
    uploads: repositories.uploadsOf(ports),
    uploadClaims: repositories.uploadClaimsOf(ports),
    secrets: repositories.secretsOf(ports),
    degradedReadings: repositories.degradedReadingsOf(ports),
    changes: repositories.changesOf(ports),
    deletions: repositories.deletionsOf(ports),
    receipts: repositories.receiptsOf(ports),
    callerImages: repositories.callerImagesOf(ports),
    callerReceipts: repositories.callerReceiptsOf(ports),
    budgets: repositories.budgetsOf(ports),
    modelReviews: repositories.modelReviewsOf(ports),
    merchants: repositories.merchantsOf(ports),
    placeLookups: repositories.placeLookupsOf(ports),
    merchantReceipts: repositories.merchantReceiptsOf(ports),
    merchantChanges: repositories.merchantChangesOf(ports),
    compactionRuns: repositories.compactionRunsOf(ports),
    indexRecords: repositories.indexRecordsOf(ports),
    sweepPositions: repositories.sweepPositionsOf(ports),
  };
}
