import type { OpenAPIHono } from '@hono/zod-openapi';
import type { ApiEnv } from './api-env.ts';

const TAGS = [
  { name: 'images', description: 'Photographs: submitting them, what came of them, reading them again' },
  { name: 'receipts', description: 'What was read' },
  { name: 'operations', description: 'Health and events' },
];
const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;
const PROBLEM = { content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } };
/** What any request can meet, beside what its own operation names. */
const ANY_PROBLEM = {
  '4XX': { description: 'Anything else that is wrong with the request', ...PROBLEM },
  '5XX': { description: 'Not done for a reason that is not yours; send it again', ...PROBLEM },
};
const NO_TOKEN = { 401: { description: 'No valid token', ...PROBLEM } };
/** Read by hand: a photograph is bounded before it is parsed. */
const FILE_FORM = {
  schema: {
    type: 'object',
    properties: { file: { type: 'string', format: 'binary', description: 'The file; its name counts as file_name' } },
    required: ['file'],
  },
};

/** GET /openapi.json: the routes' own description, and what all of them have in common. */
export function describeApi(api: OpenAPIHono<ApiEnv>): void {
  api.openAPIRegistry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    description: 'On one machine the token in `api-token` of the data folder, on AWS the access token of a sign-in',
  });
  api.get('/openapi.json', (c) => {
    const document = api.getOpenAPI31Document({
      openapi: '3.1.0',
      info: {
        title: 'Slipstream',
        version: '1',
        description: 'Photographed receipts become checked, searchable data.',
        license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
      },
      servers: [{ url: new URL(c.req.url).origin }],
      security: [{ token: [] }],
      tags: TAGS,
    });
    return c.json(withCommonAnswers(document));
  });
}

type Document = ReturnType<OpenAPIHono<ApiEnv>['getOpenAPI31Document']>;

function withCommonAnswers(document: Document): Document {
  for (const path of Object.values(document.paths ?? {})) {
    for (const method of METHODS) {
      const operation = path[method];
      if (!operation) continue;
      const isOpen = operation.security?.length === 0;
      operation.responses = { ...operation.responses, ...(isOpen ? {} : NO_TOKEN), ...ANY_PROBLEM };
      if (operation.operationId === 'submitImage' && operation.requestBody && 'content' in operation.requestBody)
        Object.assign(operation.requestBody.content, { 'multipart/form-data': FILE_FORM });
    }
  }
  return document;
}
