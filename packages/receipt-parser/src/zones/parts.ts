import type { Amount } from '../amounts/amount.ts';
import { CONTAINED_TAX_MAX } from '../amounts/tax-rates.ts';
import { type Role, roleOf } from '../labels/labels.ts';
import type { Figures } from './figures.ts';

/** A figure of a row with the label before it. */
export interface Part {
  readonly label: string;
  readonly role: Role;
  readonly amount: Amount;
}

/**
 * The labelled figures of a row, left to right. Most rows have one; some print two labels with a figure each
 * (`TOTAL SAVING  0.00  TOTAL  77.20`), others one label with several figures (`TOTAL QTY: 4  8.20`), of which the last
 * counts.
 */
export function partsOf(figures: Figures): Part[] {
  const { money, role, label, row } = figures;
  const last = money.at(-1);
  if (last === undefined || role === null) return [];
  if (money.length > 1) {
    let at = 0;
    const parts = money.flatMap((amount): Part[] => {
      const own = row.key
        .slice(at, amount.from)
        .replace(/[\s:*=\d.,@%]+/g, ' ')
        .trim();
      at = amount.to;
      const own_role = roleOf(own);
      return own_role === null ? [] : [{ label: own, role: own_role, amount }];
    });
    if (parts.length > 1) return parts;
  }
  return [{ label, role, amount: role === 'tax' ? taxBeforeGross(figures, last) : last }];
}

/** `7.48 VAT TTL  44.85`: the tax stands before its label, what contains it behind. */
function taxBeforeGross({ money }: Figures, last: Amount): Amount {
  const [first, ...rest] = money;
  const is_before = first !== undefined && rest.length === 1 && first.from === 0 && first.kind === 'money';
  return is_before && first.value > 0 && first.value < last.value * CONTAINED_TAX_MAX ? first : last;
}
