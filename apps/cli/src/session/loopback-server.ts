import { createServer, type Server } from 'node:http';
import { LOGIN_PATH, LOGIN_PORTS, SlipstreamError } from '@slipstream/shared';

export interface LoopbackServer {
  readonly port: number;
  /** The address that the browser came back to, with the issuer's answer in its query. */
  readonly returned: Promise<URL>;
  close(): void;
}

/** As a browser resolves localhost: which of the two it takes first is its own affair. */
const HOSTS = ['127.0.0.1', '::1'] as const;
const PAGE = (sentence: string) =>
  `<!doctype html><meta charset="utf-8"><title>Slipstream</title><p style="font: 16px system-ui; margin: 3em">${sentence}</p>`;

/**
 * Listens where the browser comes back to: on the first free one of the registered ports; on any other where all are
 * taken and the issuer compares no ports (RFC 8252, section 7.3). One answer is taken, and only with this state: another
 * page of the browser may call the port as well.
 */
export async function listenOnLoopback(state: string, options: { readonly anyPort: boolean }): Promise<LoopbackServer> {
  for (const port of [...LOGIN_PORTS, ...(options.anyPort ? [0] : [])]) {
    const opened = await open(port, state);
    if (opened) return opened;
  }
  throw new SlipstreamError(
    'CONFIGURATION_INVALID',
    `The ports ${LOGIN_PORTS.join(', ')} of this machine are all in use, and the browser has to come back to one of them: end the program that holds one (another slipstream login?).`,
  );
}

async function open(port: number, state: string): Promise<LoopbackServer | null> {
  let settle: (url: URL) => void = () => {};
  const returned = new Promise<URL>((resolve) => {
    settle = resolve;
  });
  const make = () =>
    createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const isAnswer = url.pathname === LOGIN_PATH && url.searchParams.get('state') === state;
      response.writeHead(isAnswer ? 200 : 404, { 'content-type': 'text/html; charset=utf-8', connection: 'close' });
      const sentence = url.searchParams.has('error') ? 'It was not granted.' : 'Signed in.';
      response.end(
        isAnswer ? PAGE(`${sentence} You can close this page and go back to the terminal.`) : PAGE('Nothing is here.'),
      );
      if (isAnswer) settle(url);
    });
  const servers: Server[] = [];
  const close = () => {
    for (const server of servers) {
      server.close();
      server.closeIdleConnections();
    }
  };
  let bound = port;
  for (const host of HOSTS) {
    const server = make();
    const outcome = await listen(server, bound, host);
    // A machine without IPv6 has no ::1; the browser has none either, then.
    if (outcome === 'EADDRNOTAVAIL' || outcome === 'EAFNOSUPPORT') continue;
    if (typeof outcome === 'string') {
      close();
      return null;
    }
    bound = outcome;
    servers.push(server);
  }
  if (servers.length === 0) return null;
  return { port: bound, returned, close };
}

function listen(server: Server, port: number, host: string): Promise<number | string> {
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}
