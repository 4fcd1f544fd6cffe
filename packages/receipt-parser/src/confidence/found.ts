import type { ChosenDate } from '../dates/choose-date.ts';
import type { AddressRun } from '../merchant/find-address.ts';
import type { FoundName } from '../merchant/find-name.ts';
import type { TotalCandidate } from '../summary/find-total.ts';

/** A calibrated field as it was found, with everything its features are taken from. */
export type FoundCalibrated =
  | { readonly kind: 'company'; readonly name: FoundName; readonly address: AddressRun | null }
  | { readonly kind: 'address'; readonly run: AddressRun; readonly rows: number }
  | { readonly kind: 'date'; readonly date: ChosenDate }
  | { readonly kind: 'total'; readonly total: TotalCandidate; readonly margin: number; readonly reconciled: boolean };
