import type { MerchantMatch, Reason, Receipt } from '../contracts/receipt.ts';
import type { ReceiptRecord } from '../contracts/receipt-records.ts';
import type { MerchantRecord } from '../contracts/records.ts';

/** Whom a receipt is from, as far as is known; its name may not be the printed one. */
export type KnownMerchant = Pick<MerchantRecord, 'merchant_id' | 'name'>;

const MERCHANT_CODES: ReadonlySet<string> = new Set(['MERCHANT_MISSING', 'MERCHANT_UNSURE']);

/** A person decided it: how surely the name was read does not matter any more. */
export function isAssigned({ merchant_match }: Partial<Pick<Receipt, 'merchant_match'>>): boolean {
  return merchant_match?.tier === 'person';
}

/** The receipt after a person said whom it is from. */
export function assignedReceipt(receipt: Receipt, { merchant_id, name }: KnownMerchant): Receipt {
  const evidence = ['a person said so'];
  const merchant_match: MerchantMatch = {
    status: 'MATCHED',
    merchant_id,
    name,
    tier: 'person',
    confidence: 1,
    evidence,
    candidates: [],
  };
  const reasons = receipt.reasons.filter(({ code }) => !MERCHANT_CODES.has(code));
  const isAskedFor = receipt.needs_review && receipt.reasons.length === 0;
  return { ...receipt, merchant_match, reasons, needs_review: reasons.length > 0 || isAskedFor };
}

/** The receipt with the merchant that its record names: a merge changes records only, and names change without either. */
export function withKnownMerchant(
  receipt: Receipt,
  { merchant_id, match_status }: Pick<ReceiptRecord, 'merchant_id' | 'match_status'>,
  merchant: KnownMerchant | null,
): Receipt {
  const { merchant_match: match } = receipt;
  if (match === null || match_status === undefined) return receipt;
  const known = merchant ?? { merchant_id: merchant_id ?? null, name: null };
  const isSame = match.merchant_id === known.merchant_id && match.name === known.name && match.status === match_status;
  if (isSame) return receipt;
  const isMerged = match.merchant_id !== null && known.merchant_id !== null && match.merchant_id !== known.merchant_id;
  const name = known.name ?? (match.merchant_id === known.merchant_id ? match.name : null);
  const reasons = receipt.reasons.map((reason): Reason => {
    const isUnsure = reason.code === 'MERCHANT_UNSURE' && receipt.merchant.name !== null;
    return isUnsure ? { ...reason, message: merchantUnsure(receipt.merchant.name, name) } : reason;
  });
  const merchant_match = {
    ...match,
    status: match_status,
    merchant_id: known.merchant_id,
    name,
    ...(isMerged ? mergedMatch(match) : {}),
  };
  return { ...receipt, merchant_match, reasons };
}

/** Who said that two merchants are one is surer than what had found the first: that it was new is not so any more. */
function mergedMatch(match: MerchantMatch): Pick<MerchantMatch, 'status' | 'tier' | 'confidence' | 'evidence'> {
  const merged = `a person merged "${match.name ?? 'a merchant without a name'}" into it`;
  const evidence = [merged, ...(match.status === 'NEW' ? [] : match.evidence)];
  return { status: 'MATCHED', tier: match.tier === 'person' ? 'person' : 'merge', confidence: 1, evidence };
}

/** What a person reads of a name that was not read surely: the known name first, the printed one beside it. */
export function merchantUnsure(
  printed: { readonly text: string; readonly confidence?: number } | null,
  known: string | null,
): string {
  const text = printed?.text ?? '';
  const merchant = known === null || known === text ? 'The merchant' : `The merchant, known as "${known}",`;
  const sure =
    printed?.confidence === undefined ? 'which is not sure' : `with a confidence of ${printed.confidence.toFixed(2)}`;
  return `${merchant} was read as "${text}"${printed?.confidence === undefined ? ',' : ''} ${sure}.`;
}
