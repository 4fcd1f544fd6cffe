export * from './engines/engine.ts';
export * from './engines/engine-options.ts';
export * from './engines/null-engine.ts';
export * from './engines/select-engine.ts';
