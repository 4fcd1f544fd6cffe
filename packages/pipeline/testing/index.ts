export * from './memory-home.ts';
export * from './merchant-races-suite.ts';
export * from './openai-server.ts';
export * from './shops.ts';
export * from './test-home.ts';
