import createFetchClient, { type Client } from 'openapi-fetch';
import type { paths } from './api-types.ts';

export { BODY_BYTES_MAX, PAGE_ROWS_MAX } from '../limits.ts';
export type { components, paths } from './api-types.ts';

export type SlipstreamClient = Client<paths>;

export interface ClientOptions {
  /** Where the API is; the page's own origin without one. */
  readonly baseUrl?: string;
  /** Sends the requests: where it adds a token, tries again, or gives up. The environment's `fetch` without one. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

/** The API with its paths, parameters and answers as types. It runs in a browser and checks nothing at run time. */
export function createClient(options: ClientOptions = {}): SlipstreamClient {
  return createFetchClient<paths>({ ...options, redirect: 'error' });
}
