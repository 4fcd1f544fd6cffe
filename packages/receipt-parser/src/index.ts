export { recheckReceipt } from './checks/recheck-receipt.ts';
export type { ExplainedTotal, TotalExplanation } from './explain/explain-total.ts';
export { explainDocument, parseDocument, type ReadReceipt, readDocument } from './parse-document.ts';
export { printedAmounts, printedDays } from './printed-values.ts';
export { reasonsOf, withReviewBelow } from './receipt/reasons.ts';
export { sroieBoxesToOcrDocument } from './sroie/sroie-boxes.ts';
export { fold } from './text/fold.ts';
