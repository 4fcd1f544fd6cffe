export * from './catalogue-routes.ts';
export * from './health-schema.ts';
export * from './limits.ts';
export * from './picture-routes.ts';
export * from './problem-schema.ts';
export * from './review-schema.ts';
export * from './routes.ts';
export * from './view-schemas.ts';
