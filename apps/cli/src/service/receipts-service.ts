import type {
  ChangeView,
  ImagesPage,
  ImageView,
  JobView,
  RECEIPT_SORTS,
  ReceiptView,
  receiptDetailSchema,
  SPENDING_BY,
  SpendingView,
} from '@slipstream/api-contract';
import type { ReviewChange } from '@slipstream/pipeline/review-receipt';
import type { ImageOutcome, QueueName, ReceiptStatus } from '@slipstream/shared';
import type { z } from 'zod';
import type { Home } from '../home/open-home.ts';
import type { ImageDirectory } from '../references/image-directory.ts';

export type ReceiptDetail = z.infer<typeof receiptDetailSchema>;

/** Which receipts are wanted, and in which order. */
export interface ReceiptFilters {
  /** Words that stand in them. */
  readonly q?: string;
  readonly merchant?: string;
  readonly category?: string;
  readonly tag?: string;
  readonly min?: string;
  readonly max?: string;
  readonly currency?: string;
  readonly sort?: (typeof RECEIPT_SORTS)[number];
  readonly status?: ReceiptStatus;
  /** Only what an engine read that was not well. */
  readonly degraded?: true;
  /** Days, both included. */
  readonly from?: string;
  readonly to?: string;
}

interface ReceiptQuery extends ReceiptFilters {
  readonly limit: number;
  readonly cursor: string | null;
}

interface SpendingQuestion extends Omit<ReceiptFilters, 'sort'> {
  readonly by: (typeof SPENDING_BY)[number];
  readonly limit: number;
}

interface ImageQuery {
  readonly status: ImageOutcome;
  readonly limit: number;
  readonly cursor: string | null;
}

export interface Failure {
  readonly kind: 'job' | 'dead letter';
  readonly id: string;
  readonly file: string | null;
  readonly queue: QueueName | null;
  readonly code: string;
  readonly message: string;
  readonly at: string;
}

/** What the verbs do with photographs and receipts, on this machine or on AWS: they cannot tell which. */
export interface ReceiptsService extends ImageDirectory {
  /** How often it may be asked whether something has ended. */
  readonly poll_ms: number;
  /** The data folder; null for a stack. */
  readonly home: Home | null;
  /** What a person should know before they wait: that nothing works here now; null where work goes on. */
  readonly idleNote: string | null;

  /** Safe to repeat: the same bytes are one image. */
  submit(file: { readonly bytes: Uint8Array; readonly file_name: string }): Promise<Submitted>;
  /** null while it has not been taken in, and for one that is not the caller's. */
  image(imageId: string): Promise<ImageView | null>;
  receipt(imageId: string, receiptId: string): Promise<ReceiptDetail | null>;
  /** A page can be short, or empty, while there is a cursor. */
  receipts(query: ReceiptQuery): Promise<{ readonly receipts: readonly ReceiptView[]; readonly cursor: string | null }>;
  /** Sums, by currency. */
  spending(question: SpendingQuestion): Promise<SpendingView>;
  /** Images by what came of them, the latest first. */
  images(query: ImageQuery): Promise<ImagesPage>;
  failures(limit: number): Promise<readonly Failure[]>;
  /** Images that are on their way; null where it cannot be known. */
  waiting(): Promise<number | null>;
  /** The photograph as it was submitted. */
  original(imageId: string): Promise<Original>;
  /** Takes an image's failure out of the lists; false while its job is under way. */
  dropFailure(imageId: string): Promise<boolean>;
  reprocess(imageId: string): Promise<JobView>;
  /** Saves what a person changed of the revision that they saw; the receipt after it. */
  review(imageId: string, receiptId: string, review: ReviewRequest): Promise<ReceiptDetail>;
  /** Who changed what, the oldest first. */
  history(imageId: string, receiptId: string): Promise<readonly ChangeView[]>;
  /** `deleting`: it is in no list any more, and what is stored of it goes within minutes. null: there is none. */
  deleteImage(imageId: string): Promise<'deleted' | 'deleting' | null>;
  close(): Promise<void>;
}

/** What the verbs change: fields, one by one. */
export type FieldEdit = Extract<ReviewChange, { readonly path: string }>;

interface ReviewRequest {
  readonly revision: number;
  readonly changes: readonly FieldEdit[];
  readonly approve: boolean;
}

export interface Original {
  readonly bytes: Uint8Array;
  /** An image's kind, `jpeg`; null for what the door did not recognise. */
  readonly content_type: string | null;
  readonly file_name: string | null;
}

export interface Submitted {
  readonly image_id: string;
  /** False when these bytes were here already. */
  readonly created: boolean;
}
