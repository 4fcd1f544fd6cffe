import type { NumberStyle } from '../amounts/number-style.ts';
import { type Solution, solve } from '../checks/solve.ts';
import { solveAbove } from '../checks/solve-above.ts';
import { sumOf } from '../items/sum.ts';
import { phrases } from '../languages/languages.ts';
import type { Figures } from '../zones/figures.ts';
import { BoostedTrees } from './boosted-trees.ts';
import { type Ranked, rankedByScore } from './ranked.ts';
import { type RankedValue, rankedValues, TOTAL_FEATURES } from './total-features.ts';
import stored from './total-ranker.data.json' with { type: 'json' };

/** The reading of a receipt's figures, and what the ranker of totals says to it. */
export interface Settled {
  readonly solution: Solution;
  /** Rules and ranker chose the same total. */
  readonly agreed: boolean;
  /** The chance that the ranker gives the chosen total. */
  readonly share: number;
}

/** Below this the ranker's word is no check by itself. */
const SHARE_MIN = 0.5;

/** From here on the ranker is wrong about one in a hundred. */
const SURE_MIN = 0.98;

let trees: BoostedTrees | null = null;

/** Laid out when first asked for: whoever trains the ranker anew reads receipts without it. */
function storedTrees(): BoostedTrees {
  trees ??= new BoostedTrees(stored, TOTAL_FEATURES);
  return trees;
}

/** The values that may be the total as the ranker sees them, the likeliest first. It does not know the rules' choice. */
export function rankTotals(figures: readonly Figures[], by_rules: Solution): Ranked<RankedValue>[] {
  const { values, inputs } = rankedValues(figures, by_rules);
  const of = storedTrees();
  return rankedByScore(
    values,
    values.map((_, i) => of.score(inputs, i * TOTAL_FEATURES.length)),
  );
}

/**
 * Breaks the tie where ranker and rules disagree: the ranker's total is taken, as it is right more often there, but such
 * a receipt is sure of nothing, and a person is asked. Where they agree, what they agree on is hardly ever wrong.
 */
export function settleTotal(figures: readonly Figures[], style: NumberStyle): Settled {
  const by_rules = solve(figures, style);
  if (isProven(by_rules)) return { solution: by_rules, agreed: true, share: 1 };
  const ranked = rankTotals(figures, by_rules);
  const [best] = ranked;
  if (best === undefined) return { solution: by_rules, agreed: false, share: 0 };
  const { value, amount, row } = best.candidate;
  const chosen = by_rules.total === null ? null : Math.abs(by_rules.total.amount.value);
  // A balance of nothing, where what was charged was paid: no ranker of printed values knows that.
  const is_balance = value === 0 && figures.some(({ index, label }) => index === row && BALANCE.test(label));
  if (is_balance && chosen !== 0 && isSettled(by_rules)) return { solution: by_rules, agreed: true, share: SHARE_MIN };
  const agreed = chosen === value;
  const solution = agreed ? by_rules : solve(figures, style, { amount, row });
  const settled = completed(figures, style, solution, best.share);
  const settles = agreed || (best.share >= SURE_MIN && isChargedSum(settled));
  return { solution: settled, agreed: settles && !isOfOneRate(settled), share: best.share };
}

const BALANCE = phrases('balance');

/** The items lead to it, and a payment with the sign of one is as large. */
function isSettled({ total, summary, reconciliation }: Solution): boolean {
  return (
    reconciliation !== null &&
    summary.some(({ role, amount }) => role === 'tendered' && amount.value < 0 && -amount.value === total?.amount.value)
  );
}

/** Its label, the items with every printed charge, and what was paid all say the same: there is nothing to rank. */
function isProven({ total, reconciliation, by_label }: Solution): boolean {
  return by_label && total?.labelled === true && total.paid && reconciliation?.left_out === 0;
}

/**
 * The items and every printed charge lead to it, and the items alone do not: what the rules took instead is a sum before
 * the charges, and no tie is left to break.
 */
function isChargedSum({ total, items, reconciliation }: Solution): boolean {
  return reconciliation !== null && reconciliation.left_out === 0 && sumOf(items) !== total?.amount.value;
}

/** `TOTAL 0% SUPPLIES` beside `TOTAL 6% SUPPLIES`: of one rate's goods only, where the receipt's own total was lost. */
function isOfOneRate({ total, summary }: Solution): boolean {
  if (total === null) return false;
  const value = Math.abs(total.amount.value);
  const sums = summary.filter(({ role, rate }) => (role === 'total' || role === 'subtotal') && rate !== null);
  const own = sums.filter(({ amount }) => Math.abs(amount.value) === value);
  const stands_alone = summary.some(({ amount, rate }) => Math.abs(amount.value) === value && rate === null);
  if (own.length === 0 || stands_alone) return false;
  return sums.some(
    ({ amount, rate }) => Math.abs(amount.value) !== value && own.every((one) => one.rate?.value !== rate?.value),
  );
}

/** A total that the ranker is sure of ends the items above it, also where its label was not read. */
function completed(figures: readonly Figures[], style: NumberStyle, solution: Solution, share: number): Solution {
  const { total, reconciliation } = solution;
  if (reconciliation !== null || total === null || share < SHARE_MIN) return solution;
  const above = solveAbove(figures, style, total);
  return above === null ? solution : { ...above, total, score: solution.score, rival_score: solution.rival_score };
}
