export * from './hands.ts';
export * from './hold-off.ts';
export * from './lease.ts';
export * from './queue-worker.ts';
export * from './settlement.ts';
export * from './wake-watch.ts';
