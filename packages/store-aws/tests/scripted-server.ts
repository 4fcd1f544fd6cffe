import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

interface ServedRequest {
  readonly target: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Answers a request; the number of the request counts from 0. */
export type Script = (request: ServedRequest, response: ServerResponse, index: number) => void;

export interface ScriptedServer {
  readonly endpoint: string;
  readonly requests: readonly ServedRequest[];
  /** Connections that were ever made. */
  readonly connections: () => number;
  close(): Promise<void>;
}

/** A server that does what a test says with each request. */
export async function serveScript(script: Script): Promise<ScriptedServer> {
  const requests: ServedRequest[] = [];
  let connections = 0;
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const served = {
      target: String(request.headers['x-amz-target'] ?? request.method),
      headers: request.headers,
      body,
    };
    script(served, response, requests.push(served) - 1);
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    requests,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function answerJson(response: ServerResponse, body: object, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
}
