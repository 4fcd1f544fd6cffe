import type { Receipt, Tax } from '@slipstream/shared';
import { MONEY_SCALE, moneyToDecimal } from '../amounts/money.ts';
import { reconcile } from '../checks/reconcile.ts';
import type { Solution } from '../checks/solve.ts';
import { confidenceOf, readRightly } from '../confidence/probability.ts';
import type { Role } from '../labels/labels.ts';
import type { FoundPayment } from '../payment/read-payment.ts';
import { isCharge } from '../ranker/total-page.ts';
import type { Reading } from '../read-receipt.ts';
import type { SummaryFigure } from '../summary/read-summary.ts';
import type { TotalCandidate } from '../summary/total-candidates.ts';
import { amountField, type Field, fieldOf } from './field.ts';
import { RATES } from './rates.ts';

type SummaryFields = Pick<Receipt, 'subtotal' | 'taxes' | 'service_charge' | 'tip' | 'rounding' | 'total'>;

/** The figures below the items. */
export function summaryFields(reading: Reading): SummaryFields {
  const { solution, style } = reading;
  const { decimals } = style;
  const { summary, total, reconciliation } = solution;
  const chosen = reconciliation === null ? RATES.summary.unproven : RATES.summary.proven;
  const first = (role: Role): Field | null => {
    const figure = summary.find((candidate) => candidate.role === role);
    return figure === undefined ? null : amountField(figure.amount, chosen, decimals);
  };
  return {
    subtotal: subtotalOf(solution, chosen, decimals),
    taxes: taxFields(solution, chosen, decimals),
    service_charge: first('service_charge'),
    tip: first('tip'),
    rounding: first('rounding'),
    total: total === null ? null : totalField(reading, total),
  };
}

/** Without its own label or a payment that says so, a figure that comes out may be the sum before the total. */
const UNWITNESSED_CONFIDENCE_MAX = 0.6;
/** Of totals that the ranker gives so much, drawn receipts with a figure damaged have none wrong. */
const RANKER_WITNESS_MIN = 0.98;

function totalField({ solution, agreement, style, page_confidence }: Reading, total: TotalCandidate): Field {
  const { score, rival_score, reconciliation } = solution;
  const confidence = confidenceOf(
    { kind: 'total', total, margin: score - rival_score, reconciled: reconciliation !== null, agreement },
    page_confidence,
  );
  const ranked = agreement.agreed && agreement.share >= RANKER_WITNESS_MIN && isOwnSum(solution, total);
  const witnessed = (isWitnessed(solution, total) || ranked) && !isBeforeTax(solution, total);
  return fieldOf(
    moneyToDecimal(total.amount.value, style.decimals),
    total.amount.words,
    witnessed ? confidence : Math.min(confidence, UNWITNESSED_CONFIDENCE_MAX),
  );
}

/**
 * The items lead to it, and no label calls it the sum before the total: a ranker that is all but sure of it, and does not
 * know the rules' choice, is a witness then.
 */
function isOwnSum({ summary, reconciliation }: Solution, { amount }: TotalCandidate): boolean {
  const isSubtotal = summary.some(
    ({ role, amount: other }) => role === 'subtotal' && Math.abs(other.value) === Math.abs(amount.value),
  );
  return reconciliation !== null && !isSubtotal;
}

/** A label of the total, a payment, or both a sum and a payment of the same amount say that it is one. */
function isWitnessed(solution: Solution, total: TotalCandidate): boolean {
  const { summary } = solution;
  const { labelled, paid, amount } = total;
  const said = summary.some(
    ({ role, amount: other }) =>
      (role === 'amount' || role === 'tendered') && Math.abs(other.value) === Math.abs(amount.value),
  );
  return labelled || paid || said || isTaxed(solution, total) || isChargedSubtotal(solution, total);
}

/** A tax of less than this can be a rate's part of any sum. */
const TELLING_TAX_MIN = 0.5 * MONEY_SCALE;

/** A printed tax is its printed rate's part of it, and the items or the net sum lead to it: it has its tax in it. */
function isTaxed({ taxes, summary, reconciliation }: Solution, { amount }: TotalCandidate): boolean {
  return taxes.some(({ rate, amount: tax }) => {
    if (rate === null || rate.value <= 0 || tax.value < TELLING_TAX_MIN) return false;
    const share = rate.value / MONEY_SCALE / 100;
    const contained = Math.abs((amount.value * share) / (1 + share) - tax.value) <= CENT;
    const net = amount.value - tax.value;
    const is_net = summary.some(({ role, amount: other }) => role === 'subtotal' && other.value === net);
    return contained && (is_net || reconciliation !== null);
  });
}

/** `SUBTOTAL 21.52, TAX 1.74`, and below them a bare 23.26: a labelled sum and its labelled tax lead to it. */
function isChargedSubtotal({ summary, adjustments }: Solution, { amount, row }: TotalCandidate): boolean {
  if (summary.some(({ role, amount: other }) => role === 'subtotal' && other.value === amount.value)) return false;
  return summary.some(({ role, amount: from, figures }) => {
    if (role !== 'subtotal' || figures.index >= row) return false;
    const way = reconcile(from.value, amount.value, adjustments);
    return way !== null && way.left_out === 0 && way.tax_added > 0;
  });
}

/** `TOTAL 20.00, GST 6% 1.20`: a tax that is its rate of the total is still to be added to it. */
function isBeforeTax({ taxes, reconciliation }: Solution, { amount, paid }: TotalCandidate): boolean {
  if (paid || reconciliation === null || reconciliation.tax_added !== 0) return false;
  return taxes.some(({ rate, amount: tax, base }) => {
    if (rate === null || base !== null || tax.value <= 0) return false;
    const share = rate.value / MONEY_SCALE / 100;
    const added = amount.value * share;
    const contained = added / (1 + share);
    return Math.abs(added - tax.value) <= CENT && Math.abs(contained - tax.value) > 2 * CENT;
  });
}

const CENT = MONEY_SCALE / 100;

/**
 * The sum before charges. Of several so labelled (`FOOD SUB-TOTAL`, `SUBTOTAL`, `NET TTL`) the last above the total
 * that the charges lead on from; without a label another sum that does.
 */
function subtotalOf(solution: Solution, chosen: number, decimals: number): Field | null {
  const { summary, total, adjustments } = solution;
  const labelled = summary.filter(({ role }) => role === 'subtotal');
  const leads = ({ amount }: SummaryFigure): boolean =>
    total !== null &&
    amount.value !== total.amount.value &&
    reconcile(amount.value, total.amount.value, adjustments) !== null;
  const leading = labelled.filter(leads);
  const figure = leading.findLast(({ figures }) => figures.index < (total?.row ?? 0)) ?? leading[0] ?? labelled[0];
  if (figure !== undefined) return amountField(figure.amount, chosen, decimals);
  return leadingSum(solution, chosen, decimals);
}

/** Another sum above the total that becomes it by the printed charges: `NET TOTAL 38.58, TAX 2.42, TOTAL 41.00`. */
function leadingSum({ summary, total, adjustments }: Solution, chosen: number, decimals: number): Field | null {
  if (total === null) return null;
  const figure = summary.find(
    ({ role, amount, figures }) =>
      (role === 'amount' ||
        (role === 'total' &&
          (amount.value !== total.amount.value || hasChargeBelow(summary, figures.index, total.row)))) &&
      figures.index < total.row &&
      reconcile(amount.value, total.amount.value, adjustments) !== null,
  );
  return figure === undefined ? null : amountField(figure.amount, chosen, decimals);
}

/** `TOTAL SALES 180.00, SERVICE CHARGE 0.00, TOTAL 180.00`: charges stand between, though they are nothing. */
function hasChargeBelow(summary: readonly SummaryFigure[], from: number, to: number): boolean {
  return summary.some(({ role, figures }) => isCharge(role) && figures.index > from && figures.index < to);
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
