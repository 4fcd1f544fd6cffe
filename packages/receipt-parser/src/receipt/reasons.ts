import type { Reason, Receipt } from '@slipstream/shared';
import { reasonsOfChecks } from '../checks/checks.ts';

/** Below this a person should look at the field: more than one in five such readings is wrong. */
const CONFIDENCE_MIN = 0.8;

/** Why a person should look at the receipt; an empty list is a receipt that can be taken as read. */
export function reasonsOf(receipt: Pick<Receipt, 'merchant' | 'date' | 'total' | 'checks'>): Reason[] {
  const reasons = reasonsOfChecks(receipt.checks);
  const fields = [
    { name: 'merchant', field: receipt.merchant.name },
    { name: 'date', field: receipt.date },
    { name: 'total', field: receipt.total },
  ];
  for (const { name, field } of fields) {
    const code = name.toUpperCase();
    if (field === null) reasons.push({ code: `${code}_MISSING`, message: `No ${name} was found.` });
    else if (field.confidence < CONFIDENCE_MIN) {
      reasons.push({
        code: `${code}_UNSURE`,
        message: `The ${name} was read as "${field.text}" with a confidence of ${field.confidence.toFixed(2)}.`,
      });
    }
  }
  return reasons;
}
