export * from './compact-ports.ts';
export * from './compaction.ts';
