export * from './reviewer.ts';
export * from './validate-ports.ts';
export * from './validate-receipt.ts';
