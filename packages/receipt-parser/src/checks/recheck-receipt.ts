import {
  type Check,
  type Leaf,
  leafAt,
  leavesOfRole,
  RECEIPT_FIELDS,
  type Receipt,
  type ReceiptFieldTable,
  rowsAt,
  type SumRole,
} from '@slipstream/shared';
import { MONEY_SCALE, type Money, moneyFromDigits } from '../amounts/money.ts';
import { type CheckedFigures, checksOf } from './checks.ts';
import { recheckCodes } from './codes-check.ts';
import { type Adjustments, reconcile } from './reconcile.ts';

/**
 * The checks of a receipt whose fields were changed after it was read, from its fields alone. What only the print can
 * tell (the base of a tax, a counted number of items) is taken from the checks it had. Which field counts how, the table
 * of fields says.
 */
export function recheckReceipt(receipt: Receipt, fields: ReceiptFieldTable = RECEIPT_FIELDS): Check[] {
  const figures = figuresOfReceipt(receipt, fields);
  return [...(figures === null ? [] : checksOf(figures)), ...recheckCodes(receipt)];
}

function figuresOfReceipt(receipt: Receipt, fields: ReceiptFieldTable): CheckedFigures | null {
  const leaves = (role: SumRole) => leavesOfRole(receipt, role, fields);
  const amounts = (role: SumRole) => leaves(role).flatMap((leaf) => moneyOf(leaf) ?? []);
  const [printed_total = null] = leaves('total');
  const total = moneyOf(printed_total);
  if (total === null) return null;
  const adjustments = adjustmentsOf(amounts);
  const items = sumOf(amounts('item'));
  const rows = receipt.line_items.length;
  const rated_taxes = ratedTaxes(receipt, amounts('tax'));
  const proven = new Set(rated_taxes.filter((tax) => tax.expected === tax.actual).map((tax) => tax.actual));
  const doubted = leaves('tax').filter((leaf) => !leaf?.reviewed);
  return {
    total,
    decimals: printed_total?.value.split('.')[1]?.length ?? 0,
    items: { rows, count: rows, sum: items, units: sumOf(rowsAt(receipt, 'line_items').map(unitsOf)) },
    is_sum: rows > 0 && reconcile(items, total, adjustments) !== null,
    adjustments,
    subtotals: amounts('subtotal'),
    tendered: amounts('tendered').map(Math.abs),
    change: amounts('change').at(-1) ?? null,
    rated_taxes,
    unproven_tax: Math.max(0, ...doubted.map((leaf) => moneyOf(leaf) ?? 0).filter((tax) => !proven.has(tax))),
    counted: receipt.checks
      .filter(({ id }) => id === 'item_count')
      .flatMap(({ expected }) => moneyOfText(expected) ?? []),
    confirmed: confirmedCharges(leaves),
  };
}

/** Of a receipt it is not told which discounts its items have already: all of them count, or none. */
function adjustmentsOf(amounts: (role: SumRole) => readonly Money[]): Adjustments {
  const taxes = amounts('tax');
  const [given] = amounts('tendered');
  const back = amounts('change').at(-1);
  return {
    discounts: sumOf(amounts('discount')),
    service_charge: sumOf(amounts('service_charge')),
    tip: sumOf(amounts('tip')),
    deposit: sumOf(amounts('deposit')),
    rounding: sumOf(amounts('rounding')),
    paid: new Set(given === undefined || back === undefined ? [] : [Math.abs(given) - Math.abs(back)]),
    taxes: [...new Set([sumOf(taxes), ...taxes])].filter((tax) => tax !== 0),
  };
}

/** A tax that was checked by its printed base and rate still has the amount that these give. */
function ratedTaxes({ checks }: Receipt, taxes: readonly Money[]): CheckedFigures['rated_taxes'] {
  return checks
    .filter(({ id }) => id === 'tax_is_rate_of_base')
    .flatMap((check) => {
      const expected = moneyOfText(check.expected);
      return expected === null ? [] : [{ expected, actual: nearest(taxes, expected) }];
    });
}

/** The tax that was meant, as far as amounts can tell; 0 where there is none any more. */
function nearest(taxes: readonly Money[], expected: Money): Money {
  const [first = 0, ...others] = taxes;
  return others.reduce((best, tax) => (Math.abs(tax - expected) < Math.abs(best - expected) ? tax : best), first);
}

const CHARGES = [
  ['discount', 'discounts_in_sum'],
  ['service_charge', 'service_charge_in_sum'],
  ['tip', 'tip_in_sum'],
  ['rounding', 'rounding_in_sum'],
] as const;

/** What a person reviewed is no machine's to doubt. */
function confirmedCharges(leaves: (role: SumRole) => readonly Leaf[]): ReadonlySet<string> {
  const confirmed = CHARGES.filter(([role]) => leaves(role).every((leaf) => leaf?.reviewed));
  return new Set(confirmed.map(([, id]) => id));
}

/** A row without a quantity is one piece. */
function unitsOf(row: object): Money {
  return moneyOf(leafAt(row, 'quantity')) ?? MONEY_SCALE;
}

function sumOf(amounts: readonly Money[]): Money {
  return amounts.reduce((total, amount) => total + amount, 0);
}

function moneyOf(leaf: Leaf): Money | null {
  return moneyOfText(leaf?.value ?? null);
}

function moneyOfText(text: string | null): Money | null {
  if (text === null) return null;
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const money = moneyFromDigits(whole, fraction);
  return money !== null && text.startsWith('-') ? -money : money;
}
