export * from './catalogue-contract.ts';
export * from './corpus.ts';
export * from './drawn-receipts.ts';
