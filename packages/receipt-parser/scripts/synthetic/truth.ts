/** What a drawn receipt says, in the values that the receipt schema uses; null and empty where it is not printed. */
export interface Truth {
  readonly id: string;
  readonly country: string;
  readonly layout: string;
  readonly fields: Readonly<Record<string, string | null>>;
  readonly items: readonly TruthItem[];
  readonly discounts: readonly string[];
  /** Rate and amount of each printed tax. */
  readonly taxes: readonly { readonly rate: string | null; readonly amount: string }[];
}

interface TruthItem {
  readonly description: string;
  readonly quantity: string | null;
  readonly unit_price: string | null;
  readonly amount: string;
}
