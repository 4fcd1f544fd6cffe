import type { Deletions, Jobs, UploadClaims, Uploads } from '@slipstream/records';
import { deletionsOf, jobsOf, uploadClaimsOf, uploadsOf } from '../work/repositories.ts';
import type { LogPorts, Queues, WorkPorts } from '../work/work-ports.ts';

export interface SubmitPorts extends LogPorts, Pick<WorkPorts, 'raw' | 'forgetLetters'> {
  readonly deletions: Deletions;
  readonly jobs: Jobs;
  readonly uploads: Uploads;
  readonly uploadClaims: UploadClaims;
  readonly queues: Pick<Queues, 'uploads-queue' | 'ocr-queue'>;
}

export function submitPorts(ports: WorkPorts): SubmitPorts {
  return {
    ...ports,
    deletions: deletionsOf(ports),
    jobs: jobsOf(ports),
    uploads: uploadsOf(ports),
    uploadClaims: uploadClaimsOf(ports),
  };
}
