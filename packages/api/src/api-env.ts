import type { OpenAPIHono } from '@hono/zod-openapi';
import type { AccessGrant } from '@slipstream/shared';

/** What one request carries through the routes. */
export interface ApiEnv {
  Variables: {
    correlation_id: string;
    /** Who calls, and what they may; known before any route runs, but for GET /health. */
    grant: AccessGrant;
  };
}

export type Api = OpenAPIHono<ApiEnv>;
