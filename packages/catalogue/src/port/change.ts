import type { ReceiptStatus } from '@slipstream/shared';

/** What the catalogue holds of a receipt. Amounts are decimal texts. */
export interface CatalogueReceipt {
  readonly owner_id: string;
  readonly image_id: string;
  readonly receipt_id: string;
  /** The RECEIPT record's. */
  readonly revision: number;
  readonly status: ReceiptStatus;
  readonly date: string | null;
  readonly time: string | null;
  readonly currency: string | null;
  readonly total: string | null;
  /** As printed. */
  readonly printed_name: string | null;
  /** Whose it is, as far as is known; of the merchant's record. */
  readonly merchant: CatalogueMerchant | null;
  readonly category_id: string | null;
  readonly tags: readonly string[];
  readonly is_degraded: boolean;
  readonly confidence: number;
  readonly line_items: readonly CatalogueItem[];
  readonly taxes: readonly CatalogueTax[];
  /** All else that it can be found by: address, numbers, what the OCR read. */
  readonly text: string;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface CatalogueItem {
  readonly description: string | null;
  readonly quantity: string | null;
  readonly unit_price: string | null;
  readonly amount: string | null;
  readonly category_id: string | null;
}

export interface CatalogueTax {
  readonly label: string | null;
  /** In per cent. */
  readonly rate: string | null;
  readonly amount: string | null;
}

export interface CatalogueMerchant {
  readonly merchant_id: string;
  readonly name: string;
  /** The MERCHANT record's: an older name never replaces a newer one. */
  readonly revision: number;
}

export type CatalogueChange =
  | { readonly kind: 'receipt'; readonly receipt: CatalogueReceipt }
  | {
      readonly kind: 'removed';
      readonly owner_id: string;
      readonly image_id: string;
      readonly receipt_id: string;
      /** What has this revision or a lower one goes. */
      readonly revision: number;
      /** When it was found to be gone: a receipt that was made after it is another one. */
      readonly removed_at: string;
    }
  | { readonly kind: 'merchant'; readonly merchant: CatalogueMerchant };
