import type { Hono } from 'hono';
import type { ApiEnv } from './api-env.ts';

/** The methods that a path has, as the header `Allow` names them; empty for a path that there is not. */
export function methodsAt(api: Hono<ApiEnv>, path: string): readonly string[] {
  const methods = api.routes
    .filter((route) => route.method !== 'ALL' && pattern(route.path).test(path))
    .map(({ method }) => method);
  return [...new Set(methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))];
}

/** `/images/:image_id` as Hono matches it. */
function pattern(path: string): RegExp {
  const parts = path.split('/').map((part) => (part.startsWith(':') ? '[^/]+' : part.replaceAll('.', '\\.')));
  return new RegExp(`^${parts.join('/')}$`);
}
