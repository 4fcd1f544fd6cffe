export * from './api-ports.ts';
export * from './create-api.ts';
export { dropFailure } from './drop-failure.ts';
export * from './ended-images.ts';
export * from './failed-images.ts';
export * from './find-receipts.ts';
export * from './problem.ts';
export * from './views.ts';
