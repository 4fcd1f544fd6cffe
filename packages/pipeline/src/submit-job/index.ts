export * from './submit-job.ts';
export * from './submit-ports.ts';
