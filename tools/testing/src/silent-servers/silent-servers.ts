import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createServer as createTlsServer } from 'node:tls';
import { generate } from 'selfsigned';

/** Servers that go silent, each at another stage of a connection. Real sockets on the loopback. */

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

export async function makeCertificate(): Promise<Certificate> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keySize: 2048,
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
  });
  return { key, cert };
}

const listening = async (server: Server | HttpsServer): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};

export interface SilentServer {
  readonly port: number;
  close(): void;
}

/** A name server that takes questions and never answers. */
export async function silentNameServer(): Promise<SilentServer> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return { port: socket.address().port, close: () => socket.close() };
}

/**
 * A port whose handshakes are not answered: a stopped process with a full queue of connections, as far as Linux drops
 * what comes then.
 */
export async function silentListener(): Promise<SilentServer> {
  const program = `const s = require('node:net').createServer();
    s.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => { console.log(s.address().port); process.kill(process.pid, 'SIGSTOP'); });`;
  const child: ChildProcess = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await new Promise<number>((resolve) => child.stdout?.once('data', (line) => resolve(Number(line))));
  const fillers: Socket[] = [];
  for (let filled = false; !filled; ) {
    const filler = connect(port, '127.0.0.1').on('error', () => {});
    fillers.push(filler);
    filled = !(await Promise.race([new Promise((resolve) => filler.once('connect', () => resolve(true))), sleep(300)]));
  }
  return {
    port,
    close: () => {
      for (const filler of fillers) filler.destroy();
      child.kill('SIGKILL');
    },
  };
}

function closing(server: Server | HttpsServer): { readonly close: () => void } {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => {})));
  return {
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Takes connections and never says a word. */
export async function silentHandshake(): Promise<SilentServer> {
  const server = createServer(() => {});
  return { ...closing(server), port: await listening(server) };
}

/** Shakes hands, takes the request and never answers. */
export async function silentAnswer(certificate: Certificate): Promise<SilentServer> {
  const server = createTlsServer(certificate, (socket) => socket.resume());
  return { ...closing(server), port: await listening(server) };
}

/** Answers every request; `asked` keeps what came. */
export async function answering(
  certificate: Certificate,
  status: number,
  body = '',
): Promise<SilentServer & { readonly asked: { readonly headers: object; readonly url: string | undefined }[] }> {
  const asked: { headers: object; url: string | undefined }[] = [];
  const server = createHttpsServer(certificate, (request, response) => {
    asked.push({ headers: request.headers, url: request.url });
    response.writeHead(status).end(body);
  });
  return { ...closing(server), asked, port: await listening(server) };
}
