import type { ChosenDate } from '../dates/choose-date.ts';
import type { FoundAddress } from '../merchant/find-address.ts';
import type { FoundName } from '../merchant/find-name.ts';
import type { TotalCandidate } from '../summary/total-candidates.ts';

/** A calibrated field as it was found, with everything its features are taken from. */
export type FoundCalibrated =
  | { readonly kind: 'company'; readonly name: FoundName; readonly address: FoundAddress | null }
  | { readonly kind: 'address'; readonly address: FoundAddress }
  | { readonly kind: 'date'; readonly date: ChosenDate }
  | {
      readonly kind: 'total';
      readonly total: TotalCandidate;
      readonly margin: number;
      readonly reconciled: boolean;
      /** Rules and ranker chose the same total, and the chance that the ranker gives it. */
      readonly agreement: { readonly agreed: boolean; readonly share: number };
    };
