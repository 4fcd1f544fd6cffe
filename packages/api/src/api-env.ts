import type { OpenAPIHono } from '@hono/zod-openapi';

/** What one request carries through the routes. */
export interface ApiEnv {
  Variables: {
    correlation_id: string;
    /** Who calls; known before any route runs. */
    caller: string;
  };
}

export type Api = OpenAPIHono<ApiEnv>;
