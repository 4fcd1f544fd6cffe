export * from './apply-changes.ts';
export * from './review-receipt.ts';
