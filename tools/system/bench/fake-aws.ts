import { createServer } from 'node:http';

export interface FakeAws {
  readonly endpoint: string;
  /** Requests so far. */
  readonly requests: () => number;
  close(): void;
}

/** Answers every call of an AWS service at once, with nothing: for measuring what is not the network. */
export async function startFakeAws(): Promise<FakeAws> {
  let count = 0;
  const server = createServer((request, response) => {
    count += 1;
    request.resume().on('end', () => {
      const isJson = request.headers['x-amz-target'] !== undefined;
      response.writeHead(isJson ? 200 : 404, { 'content-type': 'application/x-amz-json-1.0' }).end(isJson ? '{}' : '');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    requests: () => count,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
