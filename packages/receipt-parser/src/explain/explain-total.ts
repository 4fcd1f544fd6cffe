import { type Money, moneyToDecimal } from '../amounts/money.ts';
import { type Reconciliation, reconcile } from '../checks/reconcile.ts';
import { type Solution, solve } from '../checks/solve.ts';
import { sumOf } from '../items/sum.ts';
import { printed } from '../layout/row.ts';
import { rankTotals } from '../ranker/settle-total.ts';
import type { Reading } from '../read-receipt.ts';
import { totalCandidates } from '../summary/total-candidates.ts';

/** A printed value that may be the total, and what speaks for it. */
export interface ExplainedTotal {
  readonly value: string;
  /** The row it stands on, as printed. */
  readonly row: string;
  /** What the labels make of it; null where the rules do not take it for a candidate. */
  readonly rules: number | null;
  /** The chance that the ranker gives it, 0 to 1. */
  readonly ranker: number;
  /** How the items come to it, or that they do not. */
  readonly sum: string;
  readonly sum_comes_out: boolean;
  readonly chosen: boolean;
}

/** Why a receipt has the total that it has. */
export interface TotalExplanation {
  readonly candidates: readonly ExplainedTotal[];
  readonly items: readonly { readonly description: string; readonly amount: string }[];
  readonly charges: readonly { readonly role: string; readonly amount: string }[];
  readonly why: readonly string[];
}

const CANDIDATES_SHOWN = 6;

/** Reads the receipt's figures once more and keeps what a reading throws away. */
export function explainTotal({ rows, style, figures, solution, agreement }: Reading): TotalExplanation {
  const by_rules = solve(figures, style);
  const text = (money: Money): string => moneyToDecimal(money, style.decimals);
  const chosen = solution.total === null ? null : Math.abs(solution.total.amount.value);
  const scores = new Map(
    totalCandidates(by_rules.summary, by_rules.zones).map(({ amount, score }) => [Math.abs(amount.value), score]),
  );
  const ranked = rankTotals(figures, by_rules);
  const shown = ranked.filter(
    ({ candidate: { value } }, i) => i < CANDIDATES_SHOWN || value === chosen || scores.has(value),
  );
  return {
    candidates: shown.map(({ candidate: { value, amount, row }, share }) => {
      const items = sumOf(solution.items);
      const reconciliation = solution.items.length === 0 ? null : reconcile(items, amount.value, solution.adjustments);
      return {
        value: text(amount.value),
        row: printed(rows[row]?.words ?? []),
        rules: scores.get(value) ?? null,
        ranker: share,
        sum: sumText(items, amount.value, reconciliation, text),
        sum_comes_out: reconciliation !== null,
        chosen: value === chosen,
      };
    }),
    items: solution.items.map(({ description, amount }) => ({
      description: printed(description),
      amount: text(amount.value),
    })),
    charges: chargesOf(solution).map(({ role, value }) => ({ role, amount: text(value) })),
    why: reasonsFor(solution, by_rules, agreement, text),
  };
}

function sumText(
  items: Money,
  total: Money,
  reconciliation: Reconciliation | null,
  text: (money: Money) => string,
): string {
  if (reconciliation === null) return `items ${text(items)}: ${text(total - items)} is left over`;
  const { tax_added, discount_added, rounding_added } = reconciliation;
  const others = total - items - tax_added - discount_added - rounding_added;
  const parts = [
    ['tax', tax_added],
    ['discount', discount_added],
    ['service, tip or deposit', others],
    ['rounding', rounding_added],
  ] as const;
  const added = parts
    .filter(([, value]) => value !== 0)
    .map(([name, value]) => `${value < 0 ? '-' : '+'} ${name} ${text(Math.abs(value))}`);
  return [`items ${text(items)}`, ...added, `= ${text(total)}`].join(' ');
}

function chargesOf({ summary }: Solution): { role: string; value: Money }[] {
  const charges = new Set(['tax', 'discount', 'service_charge', 'tip', 'deposit', 'rounding', 'tendered', 'change']);
  return summary.filter(({ role }) => charges.has(role)).map(({ role, amount }) => ({ role, value: amount.value }));
}

function reasonsFor(
  { total, reconciliation }: Solution,
  by_rules: Solution,
  { agreed, share }: Reading['agreement'],
  text: (money: Money) => string,
): string[] {
  if (total === null) return ['Nothing on the receipt can be its total.'];
  const per_cent = `${(100 * share).toFixed(1)} %`;
  const by = agreed
    ? `Rules and ranker chose it independently (ranker ${per_cent}).`
    : by_rules.total === null
      ? `The rules found no total; the ranker chose it (${per_cent}), so a person is asked.`
      : `The rules chose ${text(by_rules.total.amount.value)}, the ranker ${text(total.amount.value)} (${per_cent}): the ranker's is taken, and a person is asked.`;
  return [
    by,
    ...(total.labelled ? ['Its label says total.'] : ['No label says that it is the total.']),
    ...(total.paid ? ['Tendered less change gives it.'] : []),
    ...(total.repeats > 1 ? [`It is printed ${total.repeats} times.`] : []),
    reconciliation === null ? 'The items do not lead to it.' : 'The items lead to it.',
  ];
}
