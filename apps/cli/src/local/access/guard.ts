import { problemResponse } from '@slipstream/api';
import { healthSchema } from '@slipstream/api-contract';
import { allows, requiredScope, SlipstreamError } from '@slipstream/shared';
import type { Context, MiddlewareHandler } from 'hono';
import type { LocalAccess } from './local-access.ts';

const LOCAL_NAMES = ['127.0.0.1', 'localhost', '[::1]'];

export interface GuardOptions {
  /** null: `--no-token`. */
  readonly access: LocalAccess | null;
  /** Where the server listens; known once it does. */
  readonly port: () => number;
  /** Requests that carry a signature of their own. */
  readonly isSigned: (path: string) => boolean;
  /** The web page's own files, which hold no data; null for every other request. */
  readonly page: (request: Request) => Response | null;
}

/**
 * The local API's door. A web page elsewhere must not reach it: neither by a name that points here (Host), nor from an
 * origin that is not the server's own, another port of this machine included. Other users of the machine need the token.
 */
export function guard({ access, port, isSigned, page }: GuardOptions): MiddlewareHandler {
  return async (c, next) => {
    const fault = originFault(c.req.raw, port());
    if (fault !== null) return problemResponse(new SlipstreamError('FORBIDDEN', fault));
    c.header('cross-origin-resource-policy', 'same-origin');
    c.header('x-frame-options', 'DENY');
    const code = c.req.method === 'GET' && c.req.path === '/' ? c.req.query('token') : undefined;
    if (access !== null && code !== undefined) {
      // In a browser the page says what to do; with a session of its own it simply opens.
      const isBrowser = c.req.header('accept')?.includes('text/html') === true;
      return openSession(access, code, port()) ?? (isBrowser ? c.redirect('/', 303) : unknownCaller(USED));
    }
    const file = page(c.req.raw);
    if (file !== null) return file;
    if (access === null || isSigned(c.req.path)) return next();
    const grant = access.grantOf(c.req.raw.headers, port());
    if (grant !== null && allows(grant, requiredScope(c.req.method))) return next();
    if (c.req.path === '/health') return onlyStatus(c, next);
    return unknownCaller();
  };
}

/** What is wrong with where a request comes from; null when nothing is. */
function originFault(request: Request, port: number): string | null {
  const host = new URL(request.url).hostname;
  if (!LOCAL_NAMES.includes(host)) return `This API answers on this machine only, not as ${host}.`;
  const origin = request.headers.get('origin');
  if (origin === null || LOCAL_NAMES.some((name) => origin === `http://${name}:${port}`)) return null;
  return 'This API answers pages of its own only; another origin asked.';
}

const USED = 'This address was used already, or is too old';

/** The address without its code, so that no history and no referrer keeps it; null for a code that opens nothing. */
function openSession(access: LocalAccess, code: string, port: number): Response | null {
  if (!access.useCode(code)) return null;
  return new Response(null, {
    status: 303,
    headers: {
      location: '/',
      'set-cookie': access.sessionCookie(port),
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    },
  });
}

/** Whether it works is no secret; what it does is. */
async function onlyStatus(c: Context, next: () => Promise<void>): Promise<void> {
  await next();
  const answer = c.res;
  const health = healthSchema.safeParse(await answer.json());
  c.res = undefined; // else its headers would be kept
  c.res = Response.json({ status: health.data?.status ?? 'failing' }, { status: answer.status });
}

function unknownCaller(why = 'The request carries no valid token'): Response {
  const error = new SlipstreamError(
    'CALLER_UNKNOWN',
    `${why}: "slipstream open" prints an address for a browser; a program sends the header Authorization: Bearer with what is in the file api-token of the data folder.`,
  );
  const response = problemResponse(error);
  response.headers.set('www-authenticate', 'Bearer realm="slipstream"');
  return response;
}
