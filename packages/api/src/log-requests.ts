import { metricFields } from '@slipstream/pipeline';
import { type AccessGrant, allows, requiredScope, SlipstreamError, scopeClaim } from '@slipstream/shared';
import type { MiddlewareHandler } from 'hono';
import type { ApiEnv } from './api-env.ts';
import type { ApiPorts } from './api-ports.ts';

const CORRELATION_HEADER = 'x-correlation-id';
const CORRELATION_ID = /^[\w.:-]{1,128}$/;

/** Whoever looks whether the API is there may have no token. */
const OPEN_PATH = '/health';

/**
 * Finds out who calls, gives each request its correlation id (the caller's own, if it is a sane one), and writes one
 * line when it ends. A path is logged as its pattern: ids in it are logged by whoever knows that they are ours.
 */
export function logRequests(ports: ApiPorts): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const startedAt = ports.clock.monotonic();
    const sent = c.req.header(CORRELATION_HEADER) ?? '';
    const correlation_id = CORRELATION_ID.test(sent) ? sent : crypto.randomUUID();
    c.set('correlation_id', correlation_id);
    const isOpen = c.req.method === 'GET' && c.req.path === OPEN_PATH;
    if (!isOpen) c.set('grant', grantFor(ports, c.req.raw, c.env));
    await next();
    c.header(CORRELATION_HEADER, correlation_id);
    const { status } = c.res;
    const measured = {
      function: 'api',
      outcome: status < 400 ? 'done' : status < 500 ? 'rejected' : 'failed',
      duration_ms: Math.round(ports.clock.monotonic() - startedAt),
      age_ms: null,
    };
    const fields = ports.metricsOf ? metricFields(measured, ports.metricsOf, ports.clock.now()) : measured;
    ports.logger.info({ correlation_id, method: c.req.method, path: c.req.routePath, status, ...fields }, 'api done');
  };
}

/** `FORBIDDEN` for a token that does not allow what is asked (RFC 6750, 3.1: insufficient_scope). */
function grantFor(ports: Pick<ApiPorts, 'grant'>, request: Request, env: unknown): AccessGrant {
  const grant = ports.grant(request, env);
  const needed = requiredScope(request.method);
  if (allows(grant, needed)) return grant;
  throw new SlipstreamError(
    'FORBIDDEN',
    `The token does not allow this: it lacks the scope ${scopeClaim(needed)}; sign in again with it.`,
  );
}
