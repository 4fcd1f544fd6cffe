import type { Random } from '../random.ts';

/** How a shop builds its sum: what is printed between the items and the last row. */
export interface Structure {
  readonly subtotal: boolean;
  readonly tax: 'none' | 'added' | 'contained' | 'table';
  readonly service: boolean;
  readonly tip: 'none' | 'paid' | 'suggested';
  readonly discount: 'none' | 'sum' | 'item' | 'everything';
  readonly rounding: 'none' | 'row' | 'rounded total';
  readonly tender: 'none' | 'cash' | 'card' | 'split';
  /** The bank's slip stands below, with the amount once more. */
  readonly slip: boolean;
  /** Points, savings, balances: figures beside the sum, some larger than the total. */
  readonly asides: boolean;
  readonly total: 'labelled' | 'misspelt' | 'without a label' | 'large print' | 'before and after tax' | 'twice';
  readonly refund: boolean;
  readonly count: boolean;
  /** Amounts stand half a row off their labels. */
  readonly askew: boolean;
  /** Some words and digits are misread. */
  readonly damaged: boolean;
}

export interface Scenario {
  readonly name: string;
  readonly fixed: Partial<Structure>;
}

/** Each names what it is about; all else is drawn. */
export const SCENARIOS: readonly Scenario[] = [
  { name: 'as most', fixed: {} },
  { name: 'charges above the total, no subtotal', fixed: { subtotal: false, tax: 'added' } },
  { name: 'service and tax, no subtotal', fixed: { subtotal: false, tax: 'added', service: true } },
  { name: 'tip paid', fixed: { tip: 'paid', tax: 'added', tender: 'card' } },
  { name: 'tips suggested', fixed: { tip: 'suggested', tax: 'added', subtotal: true } },
  { name: 'total alone', fixed: { subtotal: false, tax: 'none', service: false, discount: 'none', rounding: 'none' } },
  { name: 'contained tax', fixed: { tax: 'contained' } },
  { name: 'tax table', fixed: { tax: 'table' } },
  { name: 'card slip', fixed: { slip: true, tender: 'card' } },
  { name: 'split tender', fixed: { tender: 'split' } },
  { name: 'refund', fixed: { refund: true, tip: 'none', discount: 'none', slip: false } },
  {
    name: 'paid by voucher in full',
    fixed: { discount: 'everything', tip: 'none', service: false, tax: 'none', refund: false },
  },
  { name: 'asides', fixed: { asides: true, discount: 'sum' } },
  { name: 'label misspelt', fixed: { total: 'misspelt' } },
  { name: 'total without a label', fixed: { total: 'without a label', subtotal: true, tax: 'added' } },
  { name: 'large total', fixed: { total: 'large print' } },
  { name: 'totals before and after tax', fixed: { total: 'before and after tax', tax: 'added', subtotal: false } },
  { name: 'rounded', fixed: { rounding: 'rounded total', tender: 'cash' } },
  { name: 'total twice', fixed: { total: 'twice' } },
  { name: 'askew', fixed: { askew: true } },
  { name: 'damaged', fixed: { damaged: true } },
];

export function drawStructure({ fixed }: Scenario, tax_added: boolean, tips: boolean, random: Random): Structure {
  const drawn: Structure = {
    subtotal: random.chance(tax_added ? 0.75 : 0.35),
    tax: tax_added
      ? random.chance(0.85)
        ? 'added'
        : 'none'
      : random.pick(['none', 'contained', 'contained', 'table']),
    service: random.chance(0.08),
    tip: tips ? random.pick(['none', 'none', 'none', 'paid', 'suggested']) : 'none',
    discount: random.pick(['none', 'none', 'none', 'none', 'sum', 'item']),
    rounding: random.chance(0.08) ? random.pick(['row', 'rounded total']) : 'none',
    tender: random.pick(['none', 'cash', 'cash', 'card', 'card', 'split']),
    slip: random.chance(0.15),
    asides: random.chance(0.2),
    total: random.pick(['labelled', 'labelled', 'labelled', 'labelled', 'large print', 'twice']),
    refund: false,
    count: random.chance(0.3),
    askew: random.chance(0.04),
    damaged: random.chance(0.12),
  };
  return { ...drawn, ...fixed };
}
