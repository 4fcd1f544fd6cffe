export * from './limit.ts';
export * from './object-key.ts';
export * from './queue-limits.ts';
export * from './record.ts';
export * from './record-bytes.ts';
export * from './record-query.ts';
export * from './record-write.ts';
export * from './text.ts';
