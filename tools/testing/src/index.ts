export * from './fake-clock.ts';
export * from './fake-service-tools.ts';
export * from './memory-record-store.ts';
export * from './ordinary-user.ts';
export * from './seeded-random.ts';
export * from './virtual-time.ts';
