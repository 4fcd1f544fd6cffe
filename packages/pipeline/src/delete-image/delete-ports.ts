import type { Deletions, Jobs, Receipts, UploadClaims, Uploads } from '@slipstream/records';
import { deletionsOf, jobsOf, receiptsOf, uploadClaimsOf, uploadsOf } from '../work/repositories.ts';
import type { LogPorts, Queues, WorkPorts } from '../work/work-ports.ts';

/** What marks an image as deleted: records alone. */
export interface MarkPorts extends LogPorts, Pick<WorkPorts, 'records'> {
  readonly deletions: Deletions;
  readonly jobs: Jobs;
  readonly uploads: Uploads;
}

/** What removes all that was made of it. */
export interface DeletePorts
  extends LogPorts,
    Pick<WorkPorts, 'records' | 'raw' | 'artifacts' | 'forgetLetters' | 'eraseHistory'> {
  readonly deletions: Deletions;
  readonly jobs: Jobs;
  readonly receipts: Receipts;
  readonly uploads: Uploads;
  readonly uploadClaims: UploadClaims;
  readonly queues: Pick<Queues, 'compaction-queue'>;
}

export function deletePorts(ports: WorkPorts): DeletePorts {
  return {
    ...ports,
    deletions: deletionsOf(ports),
    jobs: jobsOf(ports),
    receipts: receiptsOf(ports),
    uploads: uploadsOf(ports),
    uploadClaims: uploadClaimsOf(ports),
  };
}
