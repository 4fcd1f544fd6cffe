import { OpenAPIHono, type RouteConfig } from '@hono/zod-openapi';
import * as contract from '../src/index.ts';

/** The OpenAPI document of the contract's routes, as the application serves it. */
export function openApiDocument() {
  const api = new OpenAPIHono();
  for (const exported of Object.values<unknown>(contract)) {
    if (isRoute(exported)) api.openAPIRegistry.registerPath(exported);
  }
  return api.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'Slipstream', version: '1' } });
}

function isRoute(value: unknown): value is RouteConfig {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value;
}
