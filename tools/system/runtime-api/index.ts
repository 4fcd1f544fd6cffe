export * from './invocation.ts';
export * from './local-function.ts';
export * from './mappings/http-front.ts';
export * from './mappings/invoke-front.ts';
export * from './mappings/sqs-mapping.ts';
export * from './mappings/stream-mapping.ts';
