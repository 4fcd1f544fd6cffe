export { recheckReceipt } from './checks/recheck-receipt.ts';
export { parseDocument, type ReadReceipt, readDocument } from './parse-document.ts';
export { printedAmounts, printedDays } from './printed-values.ts';
export { reasonsOf, withReviewBelow } from './receipt/reasons.ts';
export { sroieBoxesToOcrDocument } from './sroie/sroie-boxes.ts';
export { fold } from './text/fold.ts';
