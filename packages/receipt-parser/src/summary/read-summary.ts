import type { Amount } from '../amounts/amount.ts';
import { MONEY_SCALE } from '../amounts/money.ts';
import type { Figures } from '../zones/figures.ts';
import type { Zones } from '../zones/zones.ts';
import { type Role, totalStrength } from './labels.ts';

/** A figure of the summary with what its label makes of it. */
export interface SummaryFigure {
  readonly role: Role;
  readonly amount: Amount;
  /** The rate printed on the row (`GST @6%`), in per cent. */
  readonly rate: Amount | null;
  readonly figures: Figures;
  /** How much the label claims to be the last word, see `totalStrength`. */
  readonly strength: number;
  /** The figure stands on a row of its own beside its label. */
  readonly detached: boolean;
}

/** A rounding is smaller than this; what is called so and larger is the rounded total. */
const ROUNDING_MAX = 1 * MONEY_SCALE;

/** Reads the summary's labelled figures, top to bottom. */
export function readSummary(zones: Zones): SummaryFigure[] {
  const taken = new Set<Figures>();
  return zones.summary.flatMap((row, i) => {
    if (row.role === null || taken.has(row)) return [];
    const beside = row.money.at(-1);
    const near = beside === undefined ? bareNeighbour(zones.summary, i, taken) : undefined;
    const amount = beside ?? near?.money.at(-1);
    if (amount === undefined) return [];
    if (near !== undefined) taken.add(near);
    return [figureOf(row, row.role, amount, near !== undefined)];
  });
}

function figureOf(figures: Figures, printed_role: Role, amount: Amount, detached: boolean): SummaryFigure {
  const large = printed_role === 'rounding' && Math.abs(amount.value) > ROUNDING_MAX;
  const role = large ? 'total' : printed_role;
  const rate = figures.amounts.find(({ kind }) => kind === 'percent') ?? null;
  return { role, amount, rate, figures, strength: role === 'total' ? totalStrength(figures.label) : 0, detached };
}

/** A row of nothing but a figure just below or above a label that has none. */
function bareNeighbour(rows: readonly Figures[], index: number, taken: ReadonlySet<Figures>): Figures | undefined {
  const here = rows[index];
  const label_only = (row: Figures | undefined): boolean =>
    row !== undefined && row.money.length === 0 && row.role !== null;
  return [rows[index + 1], rows[index - 1]].find((row, side) => {
    if (row === undefined || here === undefined || taken.has(row) || row.money.length === 0) return false;
    if (Math.abs(row.row.y - here.row.y) > 3) return false;
    // A figure above belongs to the label above it, where that one has none either.
    if (side === 1 && label_only(rows[index - 2])) return false;
    return (row.label.match(/\p{L}/gu)?.length ?? 0) < 2;
  });
}
