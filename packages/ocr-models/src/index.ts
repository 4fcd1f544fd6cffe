export * from './load-models.ts';
