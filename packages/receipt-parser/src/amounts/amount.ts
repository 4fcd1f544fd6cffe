import type { Word } from '../layout/word.ts';
import type { Money } from './money.ts';

/** What the print says about a number, before anything else on the receipt is looked at. */
export type AmountKind =
  /** Written as money: a currency mark, or the decimals that the receipt's prices have. */
  | 'money'
  /** A whole number, or one with other decimals: a quantity, a weight, a price without decimals. */
  | 'number'
  | 'percent';

/** A number on a row. Positions are offsets into the row's key. */
export interface Amount {
  readonly kind: AmountKind;
  readonly value: Money;
  /** Digits behind the decimal mark as printed. */
  readonly decimals: number;
  /** ISO 4217 code or the bare mark where it is shared by countries; null where none is printed. */
  readonly currency: string | null;
  /** Letters were read as digits (O as 0 …): to be believed only where the arithmetic or the column says so. */
  readonly mended: boolean;
  readonly from: number;
  readonly to: number;
  readonly left: number;
  readonly right: number;
  readonly words: readonly Word[];
}
