import type { Amount } from '../amounts/amount.ts';
import { MONEY_SCALE, type Money } from '../amounts/money.ts';
import { type Role, totalStrength } from '../labels/labels.ts';
import type { Figures } from '../zones/figures.ts';
import { type Part, partsOf } from '../zones/parts.ts';
import { taxOfTableRow } from '../zones/tax-row.ts';
import type { Zones } from '../zones/zones.ts';

/** A figure of the summary with what its label makes of it. */
export interface SummaryFigure {
  /** `unnamed` stands alone on its row, with no label near it. */
  readonly role: Role | 'unnamed';
  readonly amount: Amount;
  /** The rate printed on the row (`GST @6%`), in per cent. */
  readonly rate: Amount | null;
  readonly figures: Figures;
  readonly label: string;
  /** How much the label claims to be the last word, see `totalStrength`. */
  readonly strength: number;
  /** The figure stands on a row of its own beside its label. */
  readonly detached: boolean;
}

/** A rounding is smaller than this; what is called so and larger is the rounded total. Whole prices are rounded to hundreds. */
const ROUNDING_MAX: Readonly<Record<number, Money>> = { 0: 1000 * MONEY_SCALE, 2: 1 * MONEY_SCALE };
/** A figure and its label stand at most this far apart, in text heights. */
const NEIGHBOUR_DISTANCE_MAX = 3;

/** Reads the summary's figures, top to bottom. */
export function readSummary(zones: Zones, decimals: number): SummaryFigure[] {
  const taken = new Set<Figures>();
  const found = zones.summary.flatMap((row, i): SummaryFigure[] => {
    const parts = partsOf(row);
    if (parts.length > 0) return parts.map((part) => figureOf(row, part, false, decimals));
    if (row.role === null || taken.has(row)) return [];
    const near = bareNeighbour(zones.summary, i, taken);
    const amount = near === undefined ? undefined : amountBeside(row.role, near);
    if (near === undefined || amount === undefined) return [];
    taken.add(near);
    return [figureOf(row, { label: row.label, role: row.role, amount }, true, decimals)];
  });
  const paid = withoutImpossibleTips(withoutRepeatedSavings(withoutOffers(found), zones));
  return [...paid, ...zones.summary.flatMap((row) => (taken.has(row) ? [] : unnamed(row)))];
}

/** Below a title of rates and taxes stands a row of both: `14%  7,26  1,02  8,28`. */
function amountBeside(role: Role, near: Figures): Amount | undefined {
  const tax = role === 'tax' && near.money.length > 1 ? taxOfTableRow(near) : null;
  return tax?.consistent === true ? tax.amount : near.money.at(-1);
}

/** A tip is smaller than what was eaten: one that is not is the figure of another label, a row off. */
function withoutImpossibleTips(found: readonly SummaryFigure[]): readonly SummaryFigure[] {
  const totals = found.filter(({ role, amount }) => role === 'total' && amount.value > 0);
  if (totals.length === 0) return found;
  return found.map((figure) =>
    figure.role === 'tip' && totals.every(({ amount }) => figure.amount.value >= amount.value)
      ? { ...figure, role: 'aside' }
      : figure,
  );
}

/** `TOTAL DISCOUNT  45.00` below the total: what was taken off above, said once more. */
function withoutRepeatedSavings(found: readonly SummaryFigure[], { items }: Zones): readonly SummaryFigure[] {
  const total = found.find(({ role }) => role === 'total')?.figures.index;
  if (total === undefined || !found.some(({ role, figures }) => role === 'discount' && figures.index > total))
    return found;
  const taken_off = [
    ...items.flatMap(({ money }) => money.slice(-1)).filter(({ value }) => value < 0),
    ...found.filter(({ role, figures }) => role === 'discount' && figures.index < total).map(({ amount }) => amount),
  ];
  const sizes = taken_off.map(({ value }) => Math.abs(value));
  const saved = new Set([...sizes, sizes.reduce((sum, value) => sum + value, 0)]);
  return found.map((figure) =>
    figure.role === 'discount' && figure.figures.index > total && saved.has(Math.abs(figure.amount.value))
      ? { ...figure, role: 'aside' }
      : figure,
  );
}

/** `$5.00 OFF YOUR NEXT PURCHASE`: below what was given back, a discount is of another day. */
function withoutOffers(found: readonly SummaryFigure[]): readonly SummaryFigure[] {
  const change = found.find(({ role }) => role === 'change')?.figures.index;
  if (change === undefined) return found;
  return found.map((figure) =>
    figure.role === 'discount' && figure.amount.value > 0 && figure.figures.index > change
      ? { ...figure, role: 'aside' }
      : figure,
  );
}

function figureOf(
  figures: Figures,
  { label, role: printed_role, amount }: Part,
  detached: boolean,
  decimals: number,
): SummaryFigure {
  const large = printed_role === 'rounding' && Math.abs(amount.value) > (ROUNDING_MAX[decimals] ?? MONEY_SCALE);
  const role = large ? 'total' : printed_role === 'aside' && amount.value < 0 ? 'discount' : printed_role;
  const rate = figures.amounts.find(({ kind }) => kind === 'percent') ?? null;
  return { role, amount, rate, figures, label, strength: role === 'total' ? totalStrength(label) : 0, detached };
}

function unnamed(figures: Figures): SummaryFigure[] {
  const [amount] = figures.money;
  if (amount === undefined || figures.money.length > 1 || figures.role !== null || /\p{L}{2}/u.test(figures.label))
    return [];
  return [{ role: 'unnamed', amount, rate: null, figures, label: '', strength: 0, detached: false }];
}

/** A row of nothing but a figure just below or above a label that has none. */
function bareNeighbour(rows: readonly Figures[], index: number, taken: ReadonlySet<Figures>): Figures | undefined {
  const here = rows[index];
  const label_only = (row: Figures | undefined): boolean =>
    row !== undefined && row.money.length === 0 && row.role !== null;
  return [rows[index + 1], rows[index - 1]].find((row, side) => {
    if (row === undefined || here === undefined || taken.has(row) || row.money.length === 0) return false;
    if (Math.abs(row.row.y - here.row.y) > NEIGHBOUR_DISTANCE_MAX) return false;
    // A figure above belongs to the label above it, where that one has none either.
    if (side === 1 && label_only(rows[index - 2])) return false;
    return !/\p{L}{2}/u.test(row.label.replace(/^(?:RM|[A-Z]{3}) /, ''));
  });
}
