import { createServer, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import { createApi, problemOf, problemResponse } from '@slipstream/api';
import type { Catalogue } from '@slipstream/catalogue';
import type { AgentStatus } from '@slipstream/ocr';
import { finishDeletion } from '@slipstream/pipeline/delete-image';
import { LOCAL_GRANT, SlipstreamError } from '@slipstream/shared';
import { Hono } from 'hono';
import { homeHealth } from '../health/home-health.ts';
import { HOME_DELETION_TIMING } from '../home/deletion-timing.ts';
import type { Home } from '../home/open-home.ts';
import { guard } from './access/guard.ts';
import type { LocalAccess } from './access/local-access.ts';
import { eventsFrom, imageEvents } from './image-events.ts';
import { admitRequests } from './load/admit-requests.ts';
import { loadPage } from './page.ts';

const HOST = '127.0.0.1';
/** Where the PUTs go that POST /uploads signs. */
export const UPLOADS_PATH = '/put';

const HEADERS_MS_MAX = 10_000;
/** A cursor of the longest kind, each of its characters escaped in the address. */
const HEADER_BYTES_MAX = 65_536;
/** Pages that follow events keep theirs open. */
const CONNECTIONS_MAX = 2_000;

export interface RunningApi {
  readonly url: string;
  close(): Promise<void>;
}

/** The API for this machine only, and with `access` for its owner only. `agent`: of GET /health; null until it is there. */
export async function serveApi(
  home: Home,
  options: {
    port: number;
    imageBytesMax: number;
    collections: readonly string[];
    agent: () => Pick<AgentStatus, 'engine'> | null;
    access: LocalAccess | null;
    catalogue?: Catalogue;
  },
): Promise<RunningApi> {
  const stopping = new AbortController();
  const api = createApi({
    ...home,
    imageBytesMax: options.imageBytesMax,
    catalogue: options.catalogue ?? null,
    grant: () => LOCAL_GRANT,
    events: async (after, signal) => {
      const from = await eventsFrom(home.store.records, after);
      return imageEvents(home.store.records, home.clock, from, AbortSignal.any([signal, stopping.signal]));
    },
    finishDeletion: (deletion) => finishDeletion(home, deletion, HOME_DELETION_TIMING),
    health: () => homeHealth(home, options),
  });
  const app = new Hono();
  const page = await loadPage();
  const { access } = options;
  const listening = { port: options.port };
  app.use(
    guard({
      access,
      port: () => listening.port,
      isSigned: (path) => path.startsWith(`${UPLOADS_PATH}/`),
      page: (request) => page.answer(request.method, new URL(request.url).pathname),
    }),
  );
  // For a browser whose session has ended: who has the token gets another address.
  app.post('/sessions', (c) => {
    if (access === null) return c.json({ url: `http://${HOST}:${listening.port}/` }, 201);
    return c.json({ url: `http://${HOST}:${listening.port}/?token=${access.newCode()}` }, 201);
  });
  app.put(`${UPLOADS_PATH}/*`, async (c) => {
    await home.store.acceptUpload(c.req.raw);
    return c.body(null, 200);
  });
  app.onError((thrown) => problemResponse(SlipstreamError.from(thrown)));
  // Not `route`: an unknown path is the API's to answer.
  app.all('*', (c) => api.fetch(c.req.raw, c.env));
  const admission = admitRequests(getRequestListener(app.fetch), {
    clock: home.clock,
    bodyBytesMax: options.imageBytesMax,
  });
  const server = createServer({ headersTimeout: HEADERS_MS_MAX, maxHeaderSize: HEADER_BYTES_MAX }, admission.listener);
  server.on('clientError', refuseUnreadable);
  server.maxConnections = CONNECTIONS_MAX;
  await listen(server, options.port);
  const address = server.address();
  if (typeof address === 'object' && address) listening.port = address.port;
  return {
    url: `http://${HOST}:${listening.port}`,
    close: async () => {
      stopping.abort();
      admission.close();
      server.closeIdleConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** What Node cannot read as a request gets a problem, too. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const isLong = error.code === 'HPE_HEADER_OVERFLOW';
  const message = isLong ? 'The address and headers are longer than is taken.' : 'This is no request of HTTP/1.1.';
  const problem = problemOf(new SlipstreamError('REQUEST_INVALID', message));
  const status = isLong ? 431 : problem.status;
  const body = JSON.stringify({ ...problem, status });
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: application/problem+json\r\n`;
  socket.end(`${head}Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const message =
        cause.code === 'EADDRINUSE'
          ? `Port ${port} is taken, perhaps by another slipstream dev: stop it, or choose another with --port ${port + 1}.`
          : `The API cannot listen on port ${port}: ${cause.message}.`;
      reject(new SlipstreamError('CONFIGURATION_INVALID', message, { cause }));
    });
    server.listen(port, HOST, resolve);
  });
}
