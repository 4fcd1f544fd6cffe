import { OpenAPIHono, type RouteConfig } from '@hono/zod-openapi';
import * as contract from '../index.ts';

type Document = ReturnType<OpenAPIHono['getOpenAPI31Document']>;
type Described = Pick<Document, 'paths' | 'components'>;

/** The OpenAPI document of the contract's routes; the typed client is made of it. */
export function openApiDocument(): Document {
  const api = new OpenAPIHono();
  for (const exported of Object.values<unknown>(contract)) {
    if (isRoute(exported)) api.openAPIRegistry.registerPath(exported);
  }
  return api.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'Slipstream', version: '1' } });
}

/** Answers that an application adds to every operation, since any request can meet them. */
const COMMON_ANSWERS = ['401', '4XX', '5XX'];
/** A form takes the file that the contract's other body is. */
const FORM = 'multipart/form-data';

/**
 * What a client is made of, from a document that the contract makes or an application serves: schemas and operations, by
 * name, without what an application adds to all of them.
 */
export function clientPart({ paths = {}, components }: Described) {
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => [`${method} ${path}`, operationPart(operation)] as const),
  );
  return { schemas: components?.schemas, operations: Object.fromEntries(operations) };
}

function operationPart({ operationId, parameters, requestBody, responses }: Operation) {
  return {
    operationId,
    parameters,
    requestBody: requestBody && { ...requestBody, content: without(requestBody.content ?? {}, [FORM]) },
    responses: without(responses ?? {}, COMMON_ANSWERS),
  };
}

interface Operation {
  readonly operationId?: string;
  readonly parameters?: unknown;
  readonly requestBody?: { readonly content?: object };
  readonly responses?: object;
}

function without(object: object, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

function isRoute(value: unknown): value is RouteConfig {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value;
}
