import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An answer in place of the server's: `Action` of a query API, `Service.Operation` of a JSON one, or `GET /path`. */
export type Alterations = Map<string, (body: string) => string>;

/** Between the doctor and a server that speaks AWS's protocols: what such a server cannot be brought to say is put in. */
export async function startAlteringServer(endpoint: string, always: Alterations = new Map()) {
  const alterations: Alterations = new Map();
  const headers = new Map<string, Record<string, string>>();
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const sent = Buffer.concat(chunks);
      const target = incoming.headers['x-amz-target'];
      const name =
        typeof target === 'string'
          ? target
          : (/(?:^|&)Action=(\w+)/.exec(sent.toString())?.[1] ??
            `${incoming.method} ${incoming.url?.split('?')[0]?.replace(/\/$/, '')}`);
      const steps = [always.get(name), alterations.get(name)].flatMap((step) => step ?? []);
      const alter = steps.length === 0 ? null : (body: string) => steps.reduce((altered, step) => step(altered), body);
      const { host: _host, ...given } = incoming.headers;
      const onward = request(
        new URL(incoming.url ?? '/', endpoint),
        { method: incoming.method, headers: { ...given, host: new URL(endpoint).host, connection: 'close' } },
        (answer) => {
          const parts: Buffer[] = [];
          answer.on('data', (part: Buffer) => parts.push(part));
          answer.on('end', () => {
            const body = Buffer.concat(parts);
            const text = alter ? alter(body.toString()) : body;
            const {
              'content-length': _,
              'transfer-encoding': __,
              'x-amz-function-error': ___,
              ...kept
            } = answer.headers;
            outgoing.writeHead(alter ? 200 : (answer.statusCode ?? 500), { ...kept, ...headers.get(name) });
            outgoing.end(text);
          });
        },
      );
      onward.on('error', () => outgoing.destroy());
      onward.end(sent);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    alterations,
    headers,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
