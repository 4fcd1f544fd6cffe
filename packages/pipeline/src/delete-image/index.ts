export * from './delete-image.ts';
export * from './delete-ports.ts';
export * from './finish-deletion.ts';
export * from './sweep-deletions.ts';
