import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import type { Corrections } from '../src/validate-receipt/corrections.ts';

export interface AskedQuestion {
  readonly authorization: string;
  readonly model: string;
  readonly instructions: string;
  readonly receipt: string;
  readonly response_format: unknown;
}

export interface OpenAiServer {
  readonly base_url: string;
  /** Every question that came, in order. */
  readonly asked: AskedQuestion[];
  /** What the next questions are answered with. */
  reply: Reply;
  close(): Promise<void>;
}

export type Reply = (response: ServerResponse, question: AskedQuestion) => void;

/** A server on the loopback that speaks OpenAI's chat completions. */
export async function startOpenAiServer(): Promise<OpenAiServer> {
  const asked: AskedQuestion[] = [];
  const server = createServer((request, response) => {
    void answer(request, response);
  });
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const body = Object(await json(request));
    if (request.url === '/v1/embeddings') return answerEmbeddings(response, body.input, body.dimensions);
    const question: AskedQuestion = {
      authorization: request.headers.authorization ?? '',
      model: body.model,
      instructions: body.messages[0].content,
      receipt: body.messages[1].content,
      response_format: body.response_format,
    };
    if (request.method !== 'POST' || request.url !== '/v1/chat/completions') return void response.writeHead(404).end();
    asked.push(question);
    started.reply(response, question);
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const started: OpenAiServer = {
    base_url: `http://127.0.0.1:${port}/v1`,
    asked,
    reply: answerWith({ fields: [], rows: [] }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return started;
}

/** Vectors that are all the same: nothing is looked up by them. */
function answerEmbeddings(response: ServerResponse, input: readonly string[], dimensions: number): void {
  const embedding = Buffer.from(new Float32Array(dimensions).fill(1).buffer).toString('base64');
  const data = input.map((_, index) => ({ object: 'embedding', index, embedding }));
  const usage = { prompt_tokens: 1, total_tokens: 1 };
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ object: 'list', model: 'test', data, usage }));
}

export const USAGE = { prompt_tokens: 900, completion_tokens: 100, total_tokens: 1_000 };

export function answerWith(corrections: Corrections): Reply {
  return answerWithText(JSON.stringify(corrections));
}

export function answerWithText(content: string): Reply {
  return (response, { model }) => {
    const choice = { index: 0, finish_reason: 'stop', message: { role: 'assistant', content, refusal: null } };
    const completion = { id: 'c', object: 'chat.completion', created: 0, model, choices: [choice], usage: USAGE };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(completion));
  };
}

export function failWith(status: number): Reply {
  return (response) => {
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(JSON.stringify({ error: { message: 'no', type: 'error', code: null, param: null } }));
  };
}
