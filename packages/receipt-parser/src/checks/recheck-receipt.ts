import type { Check, DecimalField, Receipt } from '@slipstream/shared';
import { type Money, moneyFromDigits, moneyToDecimal } from '../amounts/money.ts';
import { chargesCheck } from './charges-check.ts';
import { type Adjustments, reconcile } from './reconcile.ts';

/**
 * The checks of a receipt whose fields were changed after it was read, from its fields alone. What only the print can
 * tell (the base of a tax, a counted number of items) is taken from the checks it had.
 */
export function recheckReceipt(receipt: Receipt): Check[] {
  const total = moneyOf(receipt.total);
  if (total === null) return [];
  const decimals = receipt.total?.value.split('.')[1]?.length ?? 0;
  const text = (money: Money): string => moneyToDecimal(money, decimals);
  const adjustments = adjustmentsOf(receipt);
  const items = sum(receipt.line_items.map(({ amount }) => moneyOf(amount)));
  const is_sum = receipt.line_items.length > 0 && reconcile(items, total, adjustments) !== null;
  const checks: Check[] = [];
  if (receipt.line_items.length > 0) {
    checks.push({ id: 'items_make_total', ok: is_sum, expected: text(total), actual: text(is_sum ? total : items) });
  }
  const subtotal = moneyOf(receipt.subtotal);
  if (subtotal !== null && reconcile(subtotal, total, adjustments) !== null) {
    checks.push({ id: 'subtotal_makes_total', ok: true, expected: text(total), actual: text(total) });
  }
  const taxed = taxChecks(receipt);
  return [
    ...checks,
    ...paidCheck(receipt, total, text),
    ...taxed,
    ...countCheck(receipt, is_sum),
    ...(is_sum ? unsupportedCharges(receipt, { items, total, adjustments, taxed }, text) : []),
  ];
}

interface Rechecked {
  readonly items: Money;
  readonly total: Money;
  readonly adjustments: Adjustments;
  readonly taxed: readonly Check[];
}

/** What a person reviewed is no machine's to doubt. */
function unsupportedCharges(
  receipt: Receipt,
  { items, total, adjustments, taxed }: Rechecked,
  text: (money: Money) => string,
): Check[] {
  const subtotal = moneyOf(receipt.subtotal);
  const proven = new Set(taxed.filter(({ ok }) => ok).map(({ actual }) => moneyOfText(actual)));
  const taxes = receipt.taxes.filter(({ amount }) => !amount?.reviewed).map(({ amount }) => moneyOf(amount) ?? 0);
  const reviewed = [
    ['discounts_in_sum', receipt.discounts.every(({ amount }) => amount?.reviewed)],
    ['service_charge_in_sum', receipt.service_charge?.reviewed],
    ['tip_in_sum', receipt.tip?.reviewed],
    ['rounding_in_sum', receipt.rounding?.reviewed],
  ] as const;
  const kept = new Set<string>(reviewed.filter(([, is]) => is).map(([id]) => id));
  return chargesCheck(
    {
      ...adjustments,
      from: subtotal === null ? [items] : [items, subtotal],
      total,
      unproven_tax: Math.max(0, ...taxes.filter((tax) => !proven.has(tax))),
      tendered: moneyOf(receipt.payment.tendered),
    },
    text,
  ).filter(({ id }) => !kept.has(id));
}

function paidCheck({ payment }: Receipt, total: Money, text: (money: Money) => string): Check[] {
  const tendered = moneyOf(payment.tendered);
  const change = moneyOf(payment.change);
  if (tendered === null || change === null) return [];
  const paid = Math.abs(tendered) - Math.abs(change);
  return [{ id: 'paid_less_change', ok: paid === total, expected: text(total), actual: text(paid) }];
}

/** A tax that was checked by its printed base and rate still has the amount that these give. */
function taxChecks({ checks, taxes }: Receipt): Check[] {
  const amounts = taxes.map(({ amount }) => moneyOf(amount));
  return checks
    .filter(({ id }) => id === 'tax_is_rate_of_base')
    .map((check) => {
      const ok = amounts.includes(moneyOfText(check.expected));
      return { ...check, ok, actual: ok ? check.expected : check.actual };
    });
}

function countCheck({ checks, line_items }: Receipt, is_sum: boolean): Check[] {
  const counted = checks.find(({ id }) => id === 'item_count');
  if (counted === undefined) return [];
  const units = line_items.reduce((count, { quantity }) => count + (quantity === null ? 1 : Number(quantity.value)), 0);
  const printed = Number(counted.expected);
  const ok = printed === line_items.length || printed === units;
  // Quantities are misread more often than sums come out by chance: a sum that holds overrules the count.
  return !ok && is_sum ? [] : [{ ...counted, ok, actual: String(line_items.length) }];
}

/** Of a receipt it is not told which discounts its items have already: all of them count, or none. */
function adjustmentsOf(receipt: Receipt): Adjustments {
  const taxes = receipt.taxes.map(({ amount }) => moneyOf(amount) ?? 0);
  return {
    discounts: sum(receipt.discounts.map(({ amount }) => moneyOf(amount))),
    service_charge: moneyOf(receipt.service_charge) ?? 0,
    tip: moneyOf(receipt.tip) ?? 0,
    deposit: 0,
    rounding: moneyOf(receipt.rounding) ?? 0,
    paid: paidOf(receipt),
    taxes: [...new Set([sum(taxes), ...taxes])].filter((tax) => tax !== 0),
  };
}

function paidOf({ payment }: Receipt): ReadonlySet<Money> {
  const [tendered, change] = [moneyOf(payment.tendered), moneyOf(payment.change)];
  return new Set(tendered === null || change === null ? [] : [Math.abs(tendered) - Math.abs(change)]);
}

function sum(amounts: readonly (Money | null)[]): Money {
  return amounts.reduce<Money>((total, amount) => total + (amount ?? 0), 0);
}

function moneyOf(field: DecimalField): Money | null {
  return moneyOfText(field?.value ?? null);
}

function moneyOfText(text: string | null): Money | null {
  if (text === null) return null;
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const money = moneyFromDigits(whole, fraction);
  return money !== null && text.startsWith('-') ? -money : money;
}
