import type { Check, Reason } from '@slipstream/shared';

/** What a person calls the charge that a check is of. */
const CHARGES: Readonly<Record<string, string>> = {
  discounts_in_sum: 'discount',
  service_charge_in_sum: 'service charge',
  tip_in_sum: 'tip',
  rounding_in_sum: 'rounding',
  tax_in_sum: 'tax',
};

/** Why a person should look at the receipt, from its checks. */
export function reasonsOfChecks(checks: readonly Check[], lists_no_goods: boolean): Reason[] {
  const reasons: Reason[] = [];
  const failed = checks.find(({ id }) => id === 'items_make_total');
  if (!checks.some(({ id, ok }) => id === 'items_make_total' && ok) && !(failed === undefined && lists_no_goods)) {
    reasons.push(
      failed === undefined
        ? { code: 'ITEMS_MISSING', message: 'No items were found that could be added up to the total.' }
        : {
            code: 'ITEMS_DO_NOT_ADD_UP',
            message: `The items add up to ${failed.actual}, which does not lead to the total of ${failed.expected}: a row may be missing, doubled or misread.`,
          },
    );
  }
  for (const { id, ok, expected, actual } of checks) {
    if (ok) continue;
    if (id === 'paid_less_change')
      reasons.push({
        code: 'PAYMENT_MISMATCH',
        message: `Tendered less change is ${actual}, the total is ${expected}.`,
      });
    if (id === 'tax_is_rate_of_base')
      reasons.push({
        code: 'TAX_MISMATCH',
        message: `A tax of ${actual} is printed where its rate gives ${expected}.`,
      });
    if (id === 'item_count')
      reasons.push({
        code: 'ITEM_COUNT_MISMATCH',
        message: `The receipt counts ${expected} items, ${actual} were read.`,
      });
    if (id === 'code_total')
      reasons.push({
        code: 'CODE_TOTAL_MISMATCH',
        message: `The code on the receipt says that the total is ${expected}, ${actual} was read.`,
      });
    if (id === 'code_date')
      reasons.push({
        code: 'CODE_DATE_MISMATCH',
        message: `The code on the receipt is of ${expected}, ${actual} was read.`,
      });
    const charge = CHARGES[id];
    if (charge !== undefined)
      reasons.push({
        code: 'CHARGE_UNPROVEN',
        message: `A ${charge} of ${actual} was read, but the sum comes out without it: it may be misread or no ${charge}.`,
      });
  }
  return reasons;
}
