export * from './sweep-ports.ts';
export * from './sweeper.ts';
