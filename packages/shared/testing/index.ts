export * from './change-feed-contract.ts';
export * from './expect-error.ts';
export * from './object-store-contract.ts';
export * from './queue-contract.ts';
export * from './record-store-contract.ts';
export * from './unknown-fields.ts';
