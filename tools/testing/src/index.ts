export * from './fake-clock.ts';
export * from './memory-record-store.ts';
export * from './seeded-random.ts';
export * from './virtual-time.ts';
