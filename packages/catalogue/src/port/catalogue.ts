import type { Page, ReceiptStatus } from '@slipstream/shared';
import type { CatalogueChange } from './change.ts';
import type { CatalogueQuery, SpendingAnswer, SpendingQuery } from './query.ts';

/**
 * The read model that is searched and summed. It is fed by revision, may lag behind the records by a moment, and can be
 * made again from them; nothing is decided by it. Every question names the owner whose receipts alone are looked at.
 */
export interface Catalogue {
  /**
   * All in one transaction, durable when it resolves. The order of changes and their repeats do not matter: of each
   * receipt the highest revision stays.
   */
  apply(changes: readonly CatalogueChange[]): Promise<void>;

  /** Removes every trace of an image's receipts of this or a lower revision. */
  removeImage(imageId: string, revision: number, removedAt: string): Promise<void>;

  /** Receipts in the asked order. `CATALOGUE_BUILDING` while it does not hold all of them, `CURSOR_INVALID` for a foreign cursor. */
  list(ownerId: string, query: CatalogueQuery): Promise<Page<CatalogueHit>>;

  /** Sums; amounts of different currencies never in one. `CATALOGUE_BUILDING` as above. */
  spending(ownerId: string, query: SpendingQuery): Promise<SpendingAnswer>;

  status(): Promise<CatalogueStatus>;

  /** What it holds, in the order of image and receipt: to be compared with the records. */
  scan(options: { readonly after: ReceiptIds | null; readonly limit: number }): Promise<readonly CatalogueRow[]>;

  /** Whether its own indexes agree with its rows: what is wrong, in a sentence each. */
  check(): Promise<readonly string[]>;

  /** A new one beside this, or the one that a run began that was ended. `STORE_BUSY` while another program makes one. */
  rebuild(): Promise<CatalogueBuild>;

  close(): Promise<void>;
}

/** A catalogue that is being made; nobody sees it until it is published. */
export interface CatalogueBuild {
  /** As `saveProgress` left it; null for one that has just begun. */
  readonly resumedFrom: string | null;
  apply(changes: readonly CatalogueChange[]): Promise<void>;
  /** How far it has come; `done` of `total` receipts. */
  saveProgress(cursor: string | null, done: number, total: number): Promise<void>;
  /** Takes the place of the one before, in one step for everybody; what that one was told until then is not lost: see `catchUp`. */
  publish(): Promise<void>;
  /** Lets go of it; what is not published is resumed by the next run. */
  close(): Promise<void>;
}

export interface ReceiptIds {
  readonly image_id: string;
  readonly receipt_id: string;
}

export type CatalogueHit = ReceiptIds;

/** What a comparison looks at. */
export interface CatalogueRow extends ReceiptIds {
  readonly owner_id: string;
  readonly revision: number;
  readonly status: ReceiptStatus;
  readonly date: string | null;
  readonly total: string | null;
  readonly currency: string | null;
  readonly merchant_id: string | null;
}

export interface CatalogueStatus {
  /** `sqlite` or `postgres`, and where it lies. */
  readonly adapter: string;
  readonly location: string;
  readonly receipts: number;
  readonly merchants: number;
  /** Of the vocabulary. */
  readonly words: number;
  readonly bytes: number;
  /** False until it holds every receipt for the first time. */
  readonly is_complete: boolean;
  /** A new one that is being made; null for none. */
  readonly building: { readonly done: number; readonly total: number } | null;
}
