import type { Amount } from '../amounts/amount.ts';
import { MONEY_SCALE, type Money, times } from '../amounts/money.ts';
import type { NumberStyle } from '../amounts/number-style.ts';
import { type Item, readItems } from '../items/read-items.ts';
import { sumOf } from '../items/sum.ts';
import { roleOf } from '../labels/labels.ts';
import { readSummary, type SummaryFigure } from '../summary/read-summary.ts';
import { readTaxes, tableTax } from '../summary/read-taxes.ts';
import { candidateOf, paidValues, type TotalCandidate, totalCandidates } from '../summary/total-candidates.ts';
import type { Figures } from '../zones/figures.ts';
import type { FoundTax } from '../zones/tax-row.ts';
import { bordersOf, type Zones, zonesOf } from '../zones/zones.ts';
import { pumpItem } from './pump-item.ts';
import { type Adjustments, adjustmentsOf, type Reconciliation, reconcile } from './reconcile.ts';
import { withRefundSign } from './refund.ts';
import { withRunningSums } from './running-sums.ts';

/** The reading of a receipt's figures on which most of its arithmetic agrees. */
export interface Solution {
  readonly zones: Zones;
  readonly items: readonly Item[];
  readonly summary: readonly SummaryFigure[];
  readonly taxes: readonly FoundTax[];
  readonly adjustments: Adjustments;
  readonly total: TotalCandidate | null;
  /** Score of the chosen total and of the next one: see `TotalCandidate` and `CHECK_SCORE`. */
  readonly score: number;
  readonly rival_score: number;
  /** How the items come to the total; null where they do not. */
  readonly reconciliation: Reconciliation | null;
  /** The total is also the one that the labels alone would have given. */
  readonly by_label: boolean;
}

/** What a sum that comes out is worth beside the labels' claims: more than a stronger label, less than two of them. */
const CHECK_SCORE = 2.5;
const LEFT_OUT_COST = 0.3;
/** A border between items and summary that is not the first choice has to be paid for by a sum that comes out. */
const OTHER_END_COST = 1;

/** A figure that is to be the total, and the row it stands on. */
export interface WantedTotal {
  readonly amount: Amount;
  readonly row: number;
}

/**
 * Tries the likely totals, or the one that is wanted, against the items under every likely end of the items. The most
 * consistent reading wins over the most confident single one; where nothing comes out, the labels decide, unless the
 * figures themselves make sums that other labels would have to name.
 */
export function solve(figures: readonly Figures[], style: NumberStyle, wanted: WantedTotal | null = null): Solution {
  return withRefundSign(figures, withPumpItem(figures, solveSums(figures, style, wanted)));
}

function withPumpItem(figures: readonly Figures[], solution: Solution): Solution {
  if (solution.reconciliation !== null) return solution;
  const item = pumpItem(figures, solution);
  return item === null ? solution : { ...solution, items: [item], reconciliation: NOTHING_ADDED };
}

const NOTHING_ADDED: Reconciliation = { tax_added: 0, discount_added: 0, rounding_added: 0, left_out: 0 };

function solveSums(figures: readonly Figures[], style: NumberStyle, wanted: WantedTotal | null): Solution {
  const by_labels = solveLabelled(figures, style, wanted);
  // Items that are read on past a first sum may have a charge among them: the running sums know better.
  if (by_labels.reconciliation !== null && !by_labels.past_first_sum) return by_labels;
  const summed = withRunningSums(figures, bordersOf(figures).start);
  if (summed === null) return by_labels;
  const by_sums = solveLabelled(summed, style, wanted);
  if (by_sums.reconciliation !== null) return by_sums;
  // Of two readings of one total, the one in which more figures have a place.
  const is_same = totalOf(by_sums) === totalOf(by_labels) && by_sums.summary.length > by_labels.summary.length;
  return is_same && by_labels.reconciliation === null ? by_sums : by_labels;
}

function totalOf({ total }: Solution): Money | null {
  return total === null ? null : Math.abs(total.amount.value);
}

/** `past_first_sum`: the items reach over the first row that reads as a sum. */
type Labelled = Solution & { readonly past_first_sum: boolean };

function solveLabelled(figures: readonly Figures[], style: NumberStyle, wanted: WantedTotal | null): Labelled {
  const borders = bordersOf(figures);
  const zones = zonesOf(figures, borders);
  const first: Labelled = { ...bestUnder(zones, style, 0, wanted), past_first_sum: false };
  if (zones.other_ends.length === 0 || (first.reconciliation !== null && first.by_label)) return first;
  const others = zones.other_ends.map((end): Labelled => {
    const other = bestUnder(zonesOf(figures, borders, end), style, OTHER_END_COST, wanted);
    return { ...other, past_first_sum: true };
  });
  return others
    .filter(({ reconciliation }) => reconciliation !== null)
    .reduce((best, other) => (other.score > best.score ? other : best), first);
}

/** The best reading under one choice of zones. */
export function bestUnder(zones: Zones, style: NumberStyle, cost: number, wanted: WantedTotal | null): Solution {
  const read = readItems(zones.items, style.decimals);
  const summary = readSummary(zones, style.decimals);
  const taxes = readTaxes(zones, summary);
  const adjustments = adjustmentsOf(summary, tableTax(taxes, zones), paidValues(summary));
  const candidates = wanted === null ? totalCandidates(summary, zones) : [candidateOf(wanted, summary)];
  const subtotals =
    style.decimals === 0 ? [] : summary.flatMap(({ role, amount }) => (role === 'subtotal' ? amount.value : []));
  const ranked = candidates
    .map((total) => ({ total, ...explain(read, total, adjustments, subtotals), score: total.score - cost }))
    .map((reading) => ({ ...reading, score: reading.score + checkScore(reading.reconciliation) }))
    .sort((a, b) => b.score - a.score);
  const [best, second] = ranked;
  return {
    zones,
    items: best?.items ?? read,
    summary,
    taxes,
    adjustments,
    total: best?.total ?? null,
    score: best?.score ?? Number.NEGATIVE_INFINITY,
    rival_score: second?.score ?? 0,
    reconciliation: best?.reconciliation ?? null,
    by_label: best?.total === candidates[0],
  };
}

function checkScore(reconciliation: Reconciliation | null): number {
  return reconciliation === null ? 0 : CHECK_SCORE - LEFT_OUT_COST * reconciliation.left_out;
}

interface Explanation {
  readonly items: readonly Item[];
  readonly reconciliation: Reconciliation | null;
}

function explain(
  read: readonly Item[],
  total: TotalCandidate,
  adjustments: Adjustments,
  subtotals: readonly Money[],
): Explanation {
  // `CARD PAYMENT`, below it `EUR 128.00`: a payment whose figure is the total's own is no item, and no sum of itself.
  const items = read.filter((item) => item.row !== total.row || !isPayment(item));
  if (!items.some(isPlainlyBought)) return { items, reconciliation: null };
  const reconciliation = reconcile(sumOf(items), total.amount.value, adjustments);
  if (reconciliation !== null) return { items, reconciliation };
  const rounded = withRoundedPrices(items, total.amount.value, adjustments, subtotals);
  if (rounded !== null) return { items, reconciliation: rounded };
  const without = withoutPayments(items, total.amount.value, adjustments);
  return without ?? withProduct(items, total.amount.value, adjustments);
}

/**
 * Prices that hold a tax are rounded one by one, and their sum as a whole: they may miss a subtotal by a cent that
 * leads to the total exactly.
 */
function withRoundedPrices(
  items: readonly Item[],
  total: Money,
  adjustments: Adjustments,
  subtotals: readonly Money[],
): Reconciliation | null {
  const sum = sumOf(items);
  const near = subtotals.find(
    (subtotal) => items.length > 1 && Math.abs(subtotal - sum) === CENT && Math.abs(subtotal) !== total,
  );
  return near === undefined ? null : reconcile(near, total, adjustments);
}

const CENT = MONEY_SCALE / 100;

function isPayment({ description }: Item): boolean {
  return roleOf(description.map(({ key }) => key).join(' ')) === 'tendered';
}

/** `CASH  5.00` above the subtotal: a payment among the goods, where these come to the total without it. */
function withoutPayments(items: readonly Item[], total: Money, adjustments: Adjustments): Explanation | null {
  const bought = items.filter(({ role }) => role !== 'tendered');
  if (bought.length === items.length || !bought.some(isPlainlyBought)) return null;
  const reconciliation = reconcile(sumOf(bought), total, adjustments);
  return reconciliation === null ? null : { items: bought, reconciliation };
}

/** A bare figure, or a list of zeros, explains nothing: that is what is left where the items were lost. */
function isPlainlyBought({ kind, amount, description, coded, quantity, unit_price }: Item): boolean {
  return (
    kind === 'item' &&
    amount.value !== 0 &&
    (coded || description.length > 0 || (quantity !== null && unit_price !== null))
  );
}

/** One amount was misread, but its quantity and price were not: their product takes its place if the sum then comes out. */
function withProduct(items: readonly Item[], total: Money, adjustments: Adjustments): Explanation {
  const sum = sumOf(items);
  for (const [i, item] of items.entries()) {
    const product = productOf(item);
    if (product === null || product === item.amount.value) continue;
    const reconciliation = reconcile(sum - item.amount.value + product, total, adjustments);
    if (reconciliation !== null)
      return {
        items: items.with(i, { ...item, amount: { ...item.amount, value: product, mended: true } }),
        reconciliation,
      };
  }
  return { items, reconciliation: null };
}

function productOf({ kind, quantity, unit_price }: Item): Money | null {
  if (kind === 'discount' || quantity === null || unit_price === null) return null;
  return Math.round(times(quantity.value, unit_price.value) / CENT) * CENT;
}
