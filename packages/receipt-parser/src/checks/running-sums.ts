import type { Amount } from '../amounts/amount.ts';
import { type AmountColumn, amountColumnOf } from '../amounts/amount-column.ts';
import type { Money } from '../amounts/money.ts';
import { itemRowOf } from '../items/item-row.ts';
import type { Role } from '../labels/labels.ts';
import { type Figures, withRole } from '../zones/figures.ts';

/** A figure on its row, as it stands in a sum. */
interface Step {
  readonly row: Figures;
  /** Negative for a discount, however that is printed. */
  readonly value: Money;
}

/** Rows that are looked through; more are a list, not a receipt whose labels were lost. */
const STEPS_MAX = 150;
/** Stray figures above the first item: a table's number, a queue's. */
const STRAYS_MAX = 2;
/** A figure between a sum and the next one is a charge; there are hardly ever more of them. */
const CHARGES_MAX = 5;
const ADDED: ReadonlySet<Role> = new Set<Role>(['tax', 'service_charge', 'tip', 'rounding', 'discount', 'deposit']);
const PAID: ReadonlySet<Role> = new Set<Role>(['tendered', 'change']);
/** Roles of figures that are part of no sum. */
const OUTSIDE: ReadonlySet<Role> = new Set<Role>(['aside', 'count', 'tax_base']);
const SUMS: ReadonlySet<Role> = new Set<Role>(['total', 'subtotal', 'amount']);

/**
 * The rows with the roles that their figures have in the receipt's sums, where these come out though labels are
 * missing, misspelt or a row off: a figure that equals the sum of the rows above it ends the items; one that equals an
 * earlier sum and the figures between them is the next sum, and those between are charges. Null where there is no such
 * figure, or where the labels say the same.
 */
export function withRunningSums(figures: readonly Figures[], start: number): readonly Figures[] | null {
  const steps = stepsOf(figures, start);
  if (steps.length < 2 || steps.length > STEPS_MAX) return null;
  const roles = new Map<number, Role | null>();
  const end = itemsEnd(steps, roles) ?? labelledSubtotal(steps) ?? chargedSum(steps);
  if (end === null) return null;
  let at = end;
  for (let next = nextSum(steps, at); next !== null; next = nextSum(steps, at)) {
    nameCharges(figures, steps, at, next, roles);
    at = next;
  }
  nameSum(steps[end], at !== end ? 'subtotal' : isLastSum(steps, end) ? 'amount' : null, roles);
  if (at !== end) nameSum(steps[at], 'total', roles);
  if (roles.size === 0) return null;
  return figures.map((row) => {
    const role = roles.get(row.index);
    return role === undefined ? row : withRole(row, role);
  });
}

/** What is printed in the column of amounts, top to bottom, without counts and figures that are no part of a sum. */
function stepsOf(figures: readonly Figures[], start: number): Step[] {
  const zone = figures.filter(({ index, role }) => index >= start && !(role !== null && OUTSIDE.has(role)));
  const column = amountColumnOf(zone.flatMap(({ money }) => money.slice(-1)));
  return zone.flatMap((row): Step[] => {
    const { amount: in_column, is_discount } = itemRowOf(row, column);
    const amount = in_column ?? sumBeside(row, column);
    if (amount === null) return [];
    const negative = is_discount || (row.role === 'discount' && amount.value > 0);
    return [{ row, value: negative ? -Math.abs(amount.value) : amount.value }];
  });
}

/** Sums may be set right of the goods' amounts, which have a tax letter behind them: on rows that name no goods. */
function sumBeside(row: Figures, column: AmountColumn | null): Amount | null {
  const last = row.money.at(-1);
  const is_right = last !== undefined && column !== null && last.right > column.right;
  return is_right && (row.role !== null || !hasText(row)) ? last : null;
}

/** The first step that equals the sum of all above it, one that says so before others. */
function itemsEnd(steps: readonly Step[], roles: Map<number, Role | null>): number | null {
  return endAt(steps, roles, isSum) ?? endAt(steps, roles, () => true);
}

/** As `itemsEnd`, among some steps; stray figures above the first item are left out. */
function endAt(
  steps: readonly Step[],
  roles: Map<number, Role | null>,
  isPossible: (row: Figures) => boolean,
): number | null {
  for (let strays = 0; strays <= STRAYS_MAX; strays += 1) {
    let sum = 0;
    for (let i = strays; i < steps.length; i += 1) {
      const step = steps[i];
      if (step === undefined || (step.row.role !== null && PAID.has(step.row.role))) break;
      if (
        sum !== 0 &&
        step.value === sum &&
        isPossible(step.row) &&
        isConvincing(steps.slice(strays, i), step.row, strays)
      ) {
        for (const stray of steps.slice(0, strays)) roles.set(stray.row.index, 'aside');
        return i;
      }
      if (isSum(step.row)) break;
      sum += step.value;
    }
  }
  return null;
}

function isSum({ role }: Figures): boolean {
  return role !== null && SUMS.has(role);
}

/**
 * By chance an item costs as much as the two before it, but hardly as three, or where no text says what it is while
 * those above it have theirs.
 */
function isConvincing(items: readonly Step[], row: Figures, strays: number): boolean {
  if (isSum(row)) return items.length >= 1 + strays;
  const is_bare = !hasText(row) && items.some((item) => hasText(item.row));
  return items.length >= (strays > 0 ? 4 : is_bare ? 1 : 3);
}

function hasText({ label }: Figures): boolean {
  return /\p{L}{2}/u.test(label);
}

/** A subtotal that says so, where it leads to another sum: a label that stands a row off leads nowhere. */
function labelledSubtotal(steps: readonly Step[]): number | null {
  const at = steps.findIndex(({ row }) => row.role === 'subtotal');
  return at < 0 || nextSum(steps, at) === null ? null : at;
}

/** The figure that becomes a total, or a payment, by the smaller ones between: `58.22, .70, 58.92` beside any labels. */
function chargedSum(steps: readonly Step[]): number | null {
  for (let at = 0; at < steps.length - 2; at += 1) {
    const value = steps[at]?.value ?? 0;
    const next = nextSum(steps, at);
    if (next === null || value <= 0) continue;
    const charges = steps.slice(at + 1, next);
    const sum = steps[next];
    const is_small = charges.every((charge) => charge.value !== 0 && 2 * Math.abs(charge.value) < value);
    const is_last =
      sum !== undefined && (isLastWord(sum.row) || steps.slice(next + 1).some((other) => other.value === sum.value));
    if (is_small && is_last) return at;
  }
  return null;
}

function isLastWord({ role }: Figures): boolean {
  return role === 'total' || role === 'amount';
}

/** The next step that equals the sum at `from` and everything between. */
function nextSum(steps: readonly Step[], from: number): number | null {
  let sum = steps[from]?.value ?? 0;
  for (let i = from + 1; i < steps.length && i <= from + CHARGES_MAX + 1; i += 1) {
    const step = steps[i];
    if (step === undefined) return null;
    // What was paid for it all, or its label stands a row off: the sum comes out all the same.
    if (i > from + 1 && step.value === sum && step.row.role !== 'change') return i;
    if (step.row.role !== null && PAID.has(step.row.role)) return null;
    sum += step.value;
  }
  return null;
}

/** Labels that stand a row too low name the figure above them. */
function nameCharges(
  figures: readonly Figures[],
  steps: readonly Step[],
  from: number,
  to: number,
  roles: Map<number, Role | null>,
): void {
  // The label of the last charge stands on the sum's row: all labels are a row low.
  const last = steps[to]?.row.role ?? null;
  const is_shifted = last !== null && ADDED.has(last);
  const is_taxed = steps.slice(from + 1, to).some(({ row }) => row.role === 'tax');
  for (let i = from + 1; i < to; i += 1) {
    const step = steps[i];
    if (step === undefined || (step.row.role !== null && ADDED.has(step.row.role))) continue;
    const title = figures[step.row.index + 1];
    const below = steps[i + 1]?.row.role ?? null;
    if (title !== undefined && title.money.length === 0 && title.role !== null && ADDED.has(title.role)) {
      roles.set(step.row.index, title.role);
      // It has its figure: it is to name no other.
      roles.set(title.index, null);
    } else {
      const is_below = is_shifted && below !== null && ADDED.has(below);
      roles.set(step.row.index, is_below ? below : chargeOf(step, is_taxed));
    }
  }
}

/** What a charge is whose label is not known: the tax, but where another row says that it is the tax. */
function chargeOf({ row, value }: Step, is_taxed: boolean): Role {
  if (value < 0) return 'discount';
  return SERVICE.test(row.label) || (is_taxed && /\p{L}{3}/u.test(row.label)) ? 'service_charge' : 'tax';
}

/** The beginning of the word that languages share, however the rest is cut off or misread. */
const SERVICE = /\bSERV/;

/** Nothing is added to it below, and nothing below is larger: what it is called was lost, but it is no sum before charges. */
function isLastSum(steps: readonly Step[], at: number): boolean {
  const value = steps[at]?.value ?? 0;
  return steps
    .slice(at + 1)
    .every((below) => below.value <= value && (below.row.role === null || !ADDED.has(below.row.role)));
}

function nameSum(step: Step | undefined, role: Role | null, roles: Map<number, Role | null>): void {
  if (step === undefined) return;
  const printed = step.row.role;
  if (role !== 'subtotal' && role !== 'total' && printed !== null && SUMS.has(printed)) return;
  if (printed !== (role ?? 'subtotal')) roles.set(step.row.index, role ?? 'subtotal');
}
