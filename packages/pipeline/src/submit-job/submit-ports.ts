import type { Jobs, UploadClaims, Uploads } from '@slipstream/records';
import { jobsOf, uploadClaimsOf, uploadsOf } from '../work/repositories.ts';
import type { LogPorts, Queues, WorkPorts } from '../work/work-ports.ts';

export interface SubmitPorts extends LogPorts, Pick<WorkPorts, 'raw' | 'forgetLetters'> {
  readonly jobs: Jobs;
  readonly uploads: Uploads;
  readonly uploadClaims: UploadClaims;
  readonly queues: Pick<Queues, 'uploads-queue' | 'ocr-queue'>;
}

export function submitPorts(ports: WorkPorts): SubmitPorts {
  return {
    ...ports,
    jobs: jobsOf(ports),
    uploads: uploadsOf(ports),
    uploadClaims: uploadClaimsOf(ports),
  };
}
