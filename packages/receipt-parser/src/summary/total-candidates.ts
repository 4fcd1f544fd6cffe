import type { Amount } from '../amounts/amount.ts';
import { MONEY_SCALE, type Money } from '../amounts/money.ts';
import { phrases } from '../languages/languages.ts';
import type { Zones } from '../zones/zones.ts';
import type { SummaryFigure } from './read-summary.ts';

/** A value that may be the total, with what speaks for it before the items are looked at. */
export interface TotalCandidate {
  readonly amount: Amount;
  readonly row: number;
  readonly score: number;
  readonly strength: number;
  /** Figures of the summary with the same value. */
  readonly repeats: number;
  /** Tendered less change gives this value. */
  readonly paid: boolean;
  /** Stands beside a label that says total. */
  readonly labelled: boolean;
}

/** What labels are worth when they name the total. Only the order of the sums matters. */
const LABEL_SCORE: Readonly<Partial<Record<SummaryFigure['role'], number>>> = {
  total: 3,
  subtotal: 1,
  amount: 1.5,
  tendered: 0.5,
  count: 0.4,
  unnamed: 0.4,
};
const CANDIDATES_MAX = 6;
/** More than a sum that comes out is worth. */
const PASSED_COST = 4;
const INCLUDED = phrases('included');

/** The likely totals, best first. */
export function totalCandidates(summary: readonly SummaryFigure[], zones: Zones): TotalCandidate[] {
  const paid = paidValues(summary);
  const rounding = summary.filter(({ role }) => role === 'rounding').map(({ amount }) => amount.value);
  const taxes = new Set(zones.tax_table.flatMap(({ money }) => money.slice(1).map(({ value }) => value)));
  const by_value = Map.groupBy(summary.filter(isPossible), ({ amount }) => Math.abs(amount.value));
  const values = [...by_value.keys()];
  const totals = summary.filter(({ role }) => role === 'total');
  const candidates = [...by_value].map(([value, same]): TotalCandidate => {
    const best = same.reduce((a, b) => (ownScore(b, zones) > ownScore(a, zones) ? b : a));
    let score = ownScore(best, zones) + 0.6 * Math.min(same.length - 1, 3);
    if (paid.has(value)) score += 3;
    if (rounding.some((step) => step !== 0 && by_value.has(value + step) && paysOut(by_value.get(value + step))))
      score -= 2;
    if (isSumOfTotals(best, totals)) score += 2;
    if (isPassed(same, totals)) score -= PASSED_COST;
    // Nothing is left to pay where it was paid: `VISA -379.34, BALANCE DUE 0.00`.
    if (value === 0 && summary.some(({ role, amount }) => role === 'tendered' && amount.value < 0))
      score -= PASSED_COST;
    if (isTaxOf(best, value, values)) score -= 6;
    else if (taxes.has(value) && same.length === 1 && values.some((other) => other > 3 * value)) score -= 2;
    return {
      amount: isSettled(best, zones) ? { ...best.amount, value } : best.amount,
      row: best.figures.index,
      score,
      strength: best.strength,
      repeats: same.length,
      paid: paid.has(value),
      labelled: same.some(isWholeTotal),
    };
  });
  const ranked = candidates.sort((a, b) => b.score - a.score || b.row - a.row);
  return (ranked.length > 0 ? ranked : unlabelled(zones)).slice(0, CANDIDATES_MAX);
}

/** A figure as a candidate that nothing but the choice of it speaks for, beside what the summary has of its value. */
export function candidateOf(
  { amount, row }: { readonly amount: Amount; readonly row: number },
  summary: readonly SummaryFigure[],
): TotalCandidate {
  const value = Math.abs(amount.value);
  const same = summary.filter((figure) => Math.abs(figure.amount.value) === value);
  const strength = same.reduce((most, figure) => Math.max(most, figure.strength), 0);
  return {
    amount,
    row,
    score: 0,
    strength,
    repeats: Math.max(same.length, 1),
    paid: paidValues(summary).has(value),
    labelled: same.some(({ role }) => role === 'total'),
  };
}

function isPossible({ role, amount }: SummaryFigure): boolean {
  return LABEL_SCORE[role] !== undefined && (amount.value !== 0 || role === 'total');
}

function paysOut(figures: readonly SummaryFigure[] | undefined): boolean {
  return figures?.some(({ role }) => role === 'total' || role === 'tendered') ?? false;
}

function ownScore(figure: SummaryFigure, zones: Zones): number {
  const first = zones.summary[0]?.index ?? 0;
  // Rows of text below the last figure (greetings, terms) say nothing of where the total stands.
  const rows = Math.max((zones.summary.findLast(({ money }) => money.length > 0)?.index ?? 0) - first, 1);
  const below = (figure.figures.index - first) / rows;
  const base = LABEL_SCORE[figure.role] ?? 0;
  // `TOTAL 0% SUPPLIES`: the total of one rate's goods.
  const partial = figure.role === 'total' && figure.rate !== null && !INCLUDED.test(figure.label) ? 1.2 : 0;
  const negative = figure.amount.value < 0 && figure.role === 'total' && !isReturned(zones) ? 2 : 0;
  return (
    base +
    1.2 * figure.strength +
    0.8 * below -
    (figure.detached ? 0.5 : 0) -
    (figure.amount.mended ? 1 : 0) -
    negative -
    partial
  );
}

/** `VISA -379.34` on a guest's bill: what was charged, with the sign of a payment. */
function isSettled({ role, amount }: SummaryFigure, zones: Zones): boolean {
  return role === 'tendered' && amount.value < 0 && !isReturned(zones);
}

/** All that is printed among the goods is negative: they were given back. */
function isReturned({ items }: Zones): boolean {
  const amounts = items.flatMap(({ money }) => money.slice(-1));
  return amounts.length > 0 && amounts.every(({ value }) => value < 0);
}

/** `TOTAL 6% SUPPLIES` is the total of one rate's goods. */
function isWholeTotal({ role, rate, label }: SummaryFigure): boolean {
  return role === 'total' && (rate === null || INCLUDED.test(label));
}

/** A subtotal below which another, labelled total stands is not the last word, whatever comes out of it. */
function isPassed(same: readonly SummaryFigure[], totals: readonly SummaryFigure[]): boolean {
  return (
    same.every(({ role }) => role === 'subtotal') &&
    totals.some(({ figures, amount }) => amount.value !== 0 && same.every((one) => one.figures.index < figures.index))
  );
}

/** Two totals above add up to this one: they were of groups of goods. */
function isSumOfTotals(figure: SummaryFigure, totals: readonly SummaryFigure[]): boolean {
  if (figure.role !== 'total') return false;
  const above = totals.filter(({ figures, amount }) => figures.index < figure.figures.index && amount.value !== 0);
  return above.some((a, i) => above.slice(i + 1).some((b) => a.amount.value + b.amount.value === figure.amount.value));
}

/** `TOTAL INCLUDES 6% GST  1.51`: the value is that rate's part of another, larger one. */
function isTaxOf(figure: SummaryFigure, value: Money, values: readonly Money[]): boolean {
  if (figure.rate === null || figure.rate.value <= 0) return false;
  const share = figure.rate.value / MONEY_SCALE / 100;
  return values.some(
    (other) =>
      other > value &&
      [other * share, (other * share) / (1 + share)].some((tax) => Math.abs(tax - value) <= 0.02 * MONEY_SCALE),
  );
}

/** Every difference of a tendered amount, or of all of them, and the change. */
export function paidValues(summary: readonly SummaryFigure[]): Set<Money> {
  const of = (role: string): Money[] =>
    summary.filter((figure) => figure.role === role).map(({ amount }) => Math.abs(amount.value));
  const tendered = of('tendered');
  const all = tendered.reduce((sum, value) => sum + value, 0);
  return new Set(
    of('change')
      .flatMap((change) => [...tendered, all].map((value) => value - change))
      .filter((value) => value > 0),
  );
}

/** Without labels: the largest amount of the lower rows. */
function unlabelled(zones: Zones): TotalCandidate[] {
  const rows = [...zones.items, ...zones.summary].filter(
    ({ role }) => role !== 'change' && role !== 'aside' && role !== 'tax',
  );
  return rows
    .flatMap(({ index, money }) =>
      money
        .slice(-1)
        .filter(({ value }) => value > 0)
        .map((amount) => ({ amount, index })),
    )
    .sort((a, b) => b.amount.value - a.amount.value)
    .slice(0, 3)
    .map(({ amount, index }, rank) => ({
      amount,
      row: index,
      score: 0.5 - 0.1 * rank,
      strength: 0,
      repeats: 1,
      paid: false,
      labelled: false,
    }));
}
