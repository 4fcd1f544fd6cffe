export * from './print.ts';
export * from './progress.ts';
export * from './stop-signal.ts';
export * from './verb.ts';
