export * from './keep-reviewed.ts';
export * from './process-ocr-results.ts';
export * from './process-ports.ts';
