import type { Amount } from '../amounts/amount.ts';
import type { Money } from '../amounts/money.ts';
import type { Figures } from '../layout/figures.ts';
import { totalStrength } from './labels.ts';

/** The chosen total with what speaks for it. */
export interface FoundTotal {
  readonly amount: Amount;
  readonly row: number;
  readonly score: number;
  readonly rival_score: number;
  readonly strength: number;
  /** Labelled figures with the same value. */
  readonly repeats: number;
  /** Tendered less change gives this value. */
  readonly paid: boolean;
}

interface Candidate {
  readonly amount: Amount;
  readonly row: number;
  readonly strength: number;
  readonly score: number;
}

/** Rows that open a table of taxes: its totals are bases and taxes, never the receipt's total. */
const TAX_TABLE =
  /(?:GST|TAX|VAT|SST|MWST|TVA|IVA|BTW|MOMS|STEUER).{0,4}(?:SUMMARY|ANALYSIS|BREAKDOWN|SUMM|CODE|RATE|DETAIL|SPEC)|^TAX ?(?:CODE|TYPE)|\bUMMARY\b/;

export function findTotal(figures: readonly Figures[]): FoundTotal | null {
  const table = taxTableRows(figures);
  const candidates = figures.flatMap((row) => (table.has(row.index) ? [] : candidatesOn(figures, row)));
  const paid = paidValues(figures);
  const labelled = candidates.length > 0 ? candidates : fallback(figures, table);
  const by_value = new Map<Money, Candidate[]>();
  for (const candidate of labelled) {
    const same = by_value.get(candidate.amount.value);
    if (same === undefined) by_value.set(candidate.amount.value, [candidate]);
    else same.push(candidate);
  }
  const ranked = [...by_value.values()]
    .map((same) => {
      const best = same.reduce((a, b) => (b.score > a.score ? b : a));
      const score = best.score + 0.6 * (same.length - 1) + (paid.has(best.amount.value) ? 3 : 0);
      return { best, score, repeats: same.length };
    })
    .sort((a, b) => b.score - a.score || b.best.row - a.best.row);
  const [first, second] = ranked;
  if (first === undefined) return null;
  return {
    amount: first.best.amount,
    row: first.best.row,
    score: first.score,
    rival_score: second?.score ?? 0,
    strength: first.best.strength,
    repeats: first.repeats,
    paid: paid.has(first.best.amount.value),
  };
}

function candidatesOn(figures: readonly Figures[], row: Figures): Candidate[] {
  if (row.role !== 'total') return [];
  const beside = row.money.at(-1);
  const detached = beside ?? detachedAmount(figures, row.index);
  if (detached === undefined) return [];
  const strength = totalStrength(row.label);
  const place = row.index / Math.max(figures.length - 1, 1);
  const score = 3 + 1.2 * strength + place + (beside === undefined ? -0.5 : 0) + (detached.value <= 0 ? -3 : 0);
  return [{ amount: detached, row: row.index, strength, score }];
}

/** A figure that stands a little above or below its label, on a row of its own. */
function detachedAmount(figures: readonly Figures[], index: number): Amount | undefined {
  for (const near of [figures[index + 1], figures[index - 1]]) {
    if (near !== undefined && near.money.length > 0 && near.label.replace(/[^\p{L}]/gu, '').length < 2)
      return near.money.at(-1);
  }
  return undefined;
}

/** Rows from a tax table's title to the end of its figures. */
export function taxTableRows(figures: readonly Figures[]): Set<number> {
  const rows = new Set<number>();
  for (const title of figures) {
    if (!TAX_TABLE.test(title.row.key)) continue;
    let bare = 0;
    for (let i = title.index; i < figures.length && bare < 3; i += 1) {
      const row = figures[i];
      if (row === undefined) break;
      if (i > title.index && (row.role === 'tendered' || row.role === 'change' || row.role === 'rounding')) break;
      bare = row.money.length === 0 && i > title.index ? bare + 1 : 0;
      rows.add(i);
    }
  }
  return rows;
}

/** Every difference of a tendered amount and a change. */
function paidValues(figures: readonly Figures[]): Set<Money> {
  const of = (role: string): Money[] =>
    figures
      .filter((row) => row.role === role)
      .flatMap(({ money }) => money.slice(-1).map(({ value }) => Math.abs(value)));
  const changes = of('change');
  return new Set(of('tendered').flatMap((tendered) => changes.map((change) => tendered - change)));
}

/** Without a labelled total: what was paid, else the largest amount of the lower half. */
function fallback(figures: readonly Figures[], table: ReadonlySet<number>): Candidate[] {
  const money = figures.filter(({ index, role }) => !table.has(index) && role !== 'change' && role !== 'aside');
  return money.flatMap(({ index, money: amounts, role }) =>
    amounts
      .filter(({ value }) => value > 0)
      .map((amount) => ({
        amount,
        row: index,
        strength: 0,
        score: (role === 'tendered' || role === 'subtotal' ? 1 : 0) + Math.log10(amount.value) / 100,
      })),
  );
}
