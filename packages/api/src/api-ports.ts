import type { Health } from '@slipstream/api-contract';
import type { Catalogue } from '@slipstream/catalogue';
import {
  callerImagesOf,
  callerReceiptsOf,
  changesOf,
  deletionsOf,
  jobsOf,
  type LogPorts,
  merchantsOf,
  type Queues,
  receiptsOf,
  secretsOf,
  uploadClaimsOf,
  uploadsOf,
  type WorkPorts,
} from '@slipstream/pipeline';
import type {
  CallerImages,
  CallerReceipts,
  Changes,
  Deletions,
  Jobs,
  Merchants,
  Receipts,
  Secrets,
  UploadClaims,
  Uploads,
} from '@slipstream/records';
import type { AccessGrant, DeletionRecord } from '@slipstream/shared';

/** One thing that happened to an image, for whoever watches. */
export interface ImageEvent {
  /** Resumes after it: `Last-Event-ID`. */
  readonly id: string;
  readonly kind: 'job' | 'receipt';
  readonly image_id: string;
  readonly status: string;
  readonly at: string;
}

/** What the application reads and writes. */
export interface DataPorts extends LogPorts, Pick<WorkPorts, 'records' | 'raw' | 'artifacts' | 'forgetLetters'> {
  readonly jobs: Jobs;
  readonly uploads: Uploads;
  readonly uploadClaims: UploadClaims;
  readonly secrets: Secrets;
  readonly changes: Changes;
  readonly deletions: Deletions;
  readonly receipts: Receipts;
  readonly callerImages: CallerImages;
  readonly callerReceipts: CallerReceipts;
  readonly merchants: Merchants;
  readonly queues: Pick<Queues, 'ocr-queue'>;
}

export function dataPorts(ports: WorkPorts): DataPorts {
  return {
    ...ports,
    jobs: jobsOf(ports),
    uploads: uploadsOf(ports),
    uploadClaims: uploadClaimsOf(ports),
    secrets: secretsOf(ports),
    changes: changesOf(ports),
    deletions: deletionsOf(ports),
    receipts: receiptsOf(ports),
    callerImages: callerImagesOf(ports),
    callerReceipts: callerReceiptsOf(ports),
    merchants: merchantsOf(ports),
  };
}

export interface ApiPorts extends DataPorts {
  /** The largest image that is read at all. */
  readonly imageBytesMax: number;
  /** The largest body of one request and of one answer, where the way here takes less than an image may have. */
  readonly bodyBytesMax?: number;
  /** Who calls, and what they may: of the authorizer's token on AWS. `env` is what the server handed over with the request. */
  grant(request: Request, env: unknown): AccessGrant;
  /** Where the home can tell: the events after an id, as they happen. Absent in Lambda, which cannot hold a stream open. */
  readonly events?: (after: string | null, signal: AbortSignal) => Promise<AsyncIterable<ImageEvent>>;
  /** Search and sums; without one, what needs it is answered with CATALOGUE_OFF. */
  readonly catalogue?: Catalogue | null;
  /** Where the caller can wait for it: removes what is stored of a deleted image. On AWS the sweeper does. */
  readonly finishDeletion?: (deletion: DeletionRecord) => Promise<boolean>;
  /** More for GET /health than that it answers: queues' depths, the agent's state, what a person has to solve. */
  readonly health?: () => Promise<Health>;
}
