import type { Amount } from '../amounts/amount.ts';
import { type AmountColumn, amountColumnOf, isInColumn } from '../amounts/amount-column.ts';
import { MONEY_SCALE } from '../amounts/money.ts';
import type { NumberStyle } from '../amounts/number-style.ts';
import { scanAmounts } from '../amounts/scan-amounts.ts';
import { type Role, roleOf } from '../labels/labels.ts';
import type { Row } from '../layout/row.ts';

/** A row with the numbers on it and the label around them. */
export interface Figures {
  readonly index: number;
  readonly row: Row;
  readonly amounts: readonly Amount[];
  /** Those that are money: by their print, or by standing in the column of amounts. */
  readonly money: readonly Amount[];
  /** The row's key without its amounts, trimmed of marks. */
  readonly label: string;
  readonly role: Role | null;
}

/** Labels are made out and weighed when first asked for: nobody asks for those of the head. */
class FiguredRow implements Figures {
  readonly index: number;
  readonly row: Row;
  readonly amounts: readonly Amount[];
  readonly money: readonly Amount[];
  #label: string | undefined;
  #role: Role | null | undefined;

  constructor(index: number, row: Row, amounts: readonly Amount[], money: readonly Amount[]) {
    this.index = index;
    this.row = row;
    this.amounts = amounts;
    this.money = money;
  }

  get label(): string {
    this.#label ??= labelOf(this.row, this.amounts);
    return this.#label;
  }

  get role(): Role | null {
    if (this.#role === undefined) this.#role = roleOf(this.label);
    return this.#role;
  }
}

/** The row with another role than its label gives it: the one that its figure has in a sum. */
export function withRole(figures: Figures, role: Role | null): Figures {
  const { index, row, amounts, money, label } = figures;
  return { index, row, amounts, money, label, role };
}

const SUMS: ReadonlySet<Role> = new Set<Role>(['total', 'subtotal', 'tendered', 'change', 'amount']);
const WHOLE_MAX = 1_000_000 * MONEY_SCALE;

/** `TOTAL: 104` among prices with decimals: to be believed where the arithmetic says so. */
function withWholeSum(figures: FiguredRow): FiguredRow {
  const { index, row, amounts } = figures;
  const last = amounts.at(-1);
  if (last === undefined || amounts.length > 1 || !isWholePrice(last, row) || last.value > WHOLE_MAX) return figures;
  if (/[A-Z\d]/.test(row.key.slice(last.to)) || figures.role === null || !SUMS.has(figures.role)) return figures;
  return new FiguredRow(index, row, amounts, [{ ...last, mended: true }]);
}

/** Reads every row's numbers and label, once. `whole_prices`: whole numbers in the column of amounts are money. */
export function figuresOf(rows: readonly Row[], style: NumberStyle, whole_prices = false): Figures[] {
  const scanned = rows.map((row) => scanAmounts(row, style));
  const plain = scanned.flatMap((amounts) => amounts.filter(isPlainMoney).slice(-1));
  // Where prices are whole and below a thousand, nothing but their column tells them from other numbers.
  const whole = plain.length > 0 || style.decimals > 0 ? [] : scanned.flatMap((amounts) => amounts.slice(-1));
  const column = amountColumnOf(plain.length > 0 ? plain : whole);
  let seen_money = false;
  return rows.map((row, index) => {
    const amounts = scanned[index] ?? [];
    const money = moneyOf(row, amounts, style, column, whole_prices);
    seen_money ||= money.length > 0;
    // A sum stands below prices: the head's numbers are none.
    return seen_money && money.length === 0 && amounts.length === 1 && style.decimals > 0
      ? withWholeSum(new FiguredRow(index, row, amounts, money))
      : new FiguredRow(index, row, amounts, money);
  });
}

function isPlainMoney(amount: Amount): boolean {
  return amount.kind === 'money' && !amount.mended;
}

/** Mended figures, and whole numbers where prices are whole, count as money only in the column of amounts. */
function moneyOf(
  row: Row,
  amounts: readonly Amount[],
  style: NumberStyle,
  column: AmountColumn | null,
  whole_prices: boolean,
): Amount[] {
  return amounts.filter((amount, i) => {
    if (isPlainMoney(amount)) return true;
    if (!isInColumn(amount, column)) return false;
    if (amount.mended) return true;
    return (style.decimals === 0 || whole_prices) && i === amounts.length - 1 && isWholePrice(amount, row);
  });
}

/** A price is not printed with zeros before it: `No. 0093` is a number. */
function isWholePrice({ kind, decimals, value, from }: Amount, row: Row): boolean {
  return kind === 'number' && decimals === 0 && (value === 0 || row.key[from] !== '0');
}

function labelOf(row: Row, amounts: readonly Amount[]): string {
  if (amounts.length === 0) return trimmed(row.key);
  let label = '';
  let at = 0;
  for (const amount of amounts) {
    const before = row.key.slice(at, amount.from).trim();
    if (before !== '') label += label === '' ? before : ` ${before}`;
    at = amount.to;
  }
  const behind = row.key.slice(at).trim();
  if (behind !== '') label += label === '' ? behind : ` ${behind}`;
  return trimmed(label);
}

/** Without the marks that lead from a label to its figure. */
function trimmed(label: string): string {
  return /[\t:*=]| [ :*=]/.test(label) || label.startsWith(' ') || label.endsWith(' ')
    ? label.replace(/[\s:*=]+/g, ' ').trim()
    : label;
}
