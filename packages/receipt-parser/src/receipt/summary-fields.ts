import type { Receipt, Tax } from '@slipstream/shared';
import { moneyToDecimal } from '../amounts/money.ts';
import type { Solution } from '../checks/solve.ts';
import { confidenceOf, readRightly } from '../confidence/probability.ts';
import type { FoundPayment } from '../payment/read-payment.ts';
import type { Reading } from '../read-receipt.ts';
import type { Role } from '../summary/labels.ts';
import { amountField, type Field, fieldOf } from './field.ts';
import { RATES } from './rates.ts';

type SummaryFields = Pick<Receipt, 'subtotal' | 'taxes' | 'service_charge' | 'tip' | 'rounding' | 'total'>;

/** The figures below the items. */
export function summaryFields({ solution, agreement, style: { decimals }, page_confidence }: Reading): SummaryFields {
  const { summary, total, score, rival_score, reconciliation } = solution;
  const chosen = reconciliation === null ? RATES.summary.unproven : RATES.summary.proven;
  const first = (role: Role): Field | null => {
    const figure = summary.find((candidate) => candidate.role === role);
    return figure === undefined ? null : amountField(figure.amount, chosen, decimals);
  };
  return {
    subtotal: first('subtotal'),
    taxes: taxFields(solution, chosen, decimals),
    service_charge: first('service_charge'),
    tip: first('tip'),
    rounding: first('rounding'),
    total:
      total === null
        ? null
        : fieldOf(
            moneyToDecimal(total.amount.value, decimals),
            total.amount.words,
            confidenceOf(
              { kind: 'total', total, margin: score - rival_score, reconciled: reconciliation !== null, agreement },
              page_confidence,
            ),
          ),
  };
}

function taxFields({ taxes }: Solution, chosen: number, decimals: number): Tax[] {
  return taxes.map(({ label, rate, amount }) => ({
    label: label.length === 0 ? null : fieldOf(label.map(({ text }) => text).join(' '), label, chosen),
    rate: rate === null ? null : amountField(rate, chosen, 0),
    amount: amountField(amount, chosen, decimals),
  }));
}

export function paymentFields(payment: FoundPayment, chosen: number, decimals: number): Receipt['payment'] {
  const { method, card_last4, tendered, change } = payment;
  return {
    method: method === null ? null : fieldOf(method.value, method.words, RATES.method * readRightly(method.words)),
    card_last4:
      card_last4 === null
        ? null
        : fieldOf(card_last4.value, card_last4.words, RATES.card_last4 * readRightly(card_last4.words)),
    tendered:
      tendered === null ? null : amountField(tendered.amount, chosen, decimals, tendered.amount.value < 0 ? -1 : 1),
    change: change === null ? null : amountField(change.amount, chosen, decimals, change.amount.value < 0 ? -1 : 1),
  };
}
