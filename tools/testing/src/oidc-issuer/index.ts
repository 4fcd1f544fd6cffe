export * from './browse.ts';
export type { IssuerClient } from './issuer-adapter.ts';
export * from './start-oidc-issuer.ts';
