export * from './contracts/ocr-document.ts';
export * from './contracts/primitives.ts';
export * from './contracts/receipt.ts';
