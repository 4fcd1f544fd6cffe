export * from './fake-queue.ts';
export * from './machine.ts';
export * from './simulated-queue.ts';
