import type {
  Clock,
  Jobs,
  Logger,
  ObjectStore,
  OcrJobMessage,
  OcrResultMessage,
  Queue,
  Receipts,
  RecordStore,
  UploadEvent,
  ValidateMessage,
} from '@slipstream/shared';

/** All that a function may touch. On AWS the clients behind it are made on first use, at home they are one SQLite file and a folder. */
export interface FunctionPorts {
  readonly records: RecordStore;
  readonly jobs: Jobs;
  readonly receipts: Receipts;
  readonly raw: ObjectStore;
  readonly artifacts: ObjectStore;
  readonly queues: {
    readonly uploads: Queue<UploadEvent>;
    readonly ocr: Queue<OcrJobMessage>;
    readonly ocrResults: Queue<OcrResultMessage>;
    readonly validate: Queue<ValidateMessage>;
  };
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Of Lambda's context, what the functions use: the same at home. */
export interface InvocationContext {
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}
