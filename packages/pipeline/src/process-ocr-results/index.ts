export * from './process-ocr-results.ts';
export * from './process-ports.ts';
