export * from './work/all-ports.ts';
export * from './work/invocation.ts';
export * from './work/message-batch.ts';
export * from './work/metric-fields.ts';
export * from './work/repositories.ts';
export * from './work/unit-of-work.ts';
export * from './work/work-ports.ts';
