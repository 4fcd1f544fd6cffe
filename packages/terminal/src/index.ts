export * from './print.ts';
export * from './progress.ts';
export * from './run-program.ts';
export * from './stop-signal.ts';
export * from './table.ts';
export * from './text-log.ts';
export * from './text-width.ts';
export * from './verb.ts';
