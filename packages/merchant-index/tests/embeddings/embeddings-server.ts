import { createServer, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';

interface EmbeddingsRequest {
  readonly authorization: string;
  readonly model: string;
  readonly input: readonly string[];
  readonly dimensions: number;
  readonly encoding_format: string | undefined;
}

export type EmbeddingsReply = (response: ServerResponse, request: EmbeddingsRequest) => void;

export interface EmbeddingsServer {
  readonly base_url: string;
  readonly asked: EmbeddingsRequest[];
  /** What the next requests are answered with. */
  reply: EmbeddingsReply;
  close(): Promise<void>;
}

/** A server on the loopback that speaks OpenAI's embeddings. */
export async function startEmbeddingsServer(): Promise<EmbeddingsServer> {
  const asked: EmbeddingsRequest[] = [];
  const server = createServer(async (request, response) => {
    if (request.method !== 'POST' || request.url !== '/v1/embeddings') return void response.writeHead(404).end();
    const body = Object(await json(request));
    const asking = { ...body, authorization: request.headers.authorization ?? '' };
    asked.push(asking);
    started.reply(response, asking);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const started: EmbeddingsServer = {
    base_url: `http://127.0.0.1:${port}/v1`,
    asked,
    reply: answerWithVectors,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return started;
}

export const TOKENS_A_TEXT = 7;

/** A vector of length 2 a text, in the opposite order: `index` says which is whose. */
const answerWithVectors: EmbeddingsReply = (response, { model, input, dimensions, encoding_format }) => {
  const data = input.map((text, index) => {
    const vector = new Float32Array(dimensions);
    vector[text.length % dimensions] = 2;
    const embedding = encoding_format === 'base64' ? Buffer.from(vector.buffer).toString('base64') : [...vector];
    return { object: 'embedding', index, embedding };
  });
  const tokens = input.length * TOKENS_A_TEXT;
  const answer = {
    object: 'list',
    model,
    data: data.reverse(),
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  };
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
};

export function failWith(status: number): EmbeddingsReply {
  return (response) => {
    const error = { message: 'no', type: 'error', code: null, param: null };
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ error }));
  };
}
