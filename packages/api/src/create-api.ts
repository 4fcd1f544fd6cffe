import { OpenAPIHono } from '@hono/zod-openapi';
import { SlipstreamError } from '@slipstream/shared';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { addImages } from './add-images.ts';
import { addOperations } from './add-operations.ts';
import { addPictures } from './add-pictures.ts';
import { addReceipts } from './add-receipts.ts';
import { addSpending } from './add-spending.ts';
import type { ApiEnv } from './api-env.ts';
import type { ApiPorts } from './api-ports.ts';
import { describeApi } from './describe-api.ts';
import { logRequests } from './log-requests.ts';
import { methodsAt } from './method-not-allowed.ts';
import { problemResponse } from './problem.ts';
import { SealedCursors } from './sealed-cursors.ts';

const JSON_BYTES_MAX = 65_536;

/** The HTTP API, over ports: the same routes at home and in Lambda. */
export function createApi(ports: ApiPorts): OpenAPIHono<ApiEnv> {
  const api = new OpenAPIHono<ApiEnv>({
    defaultHook: (result) => {
      if (result.success) return;
      const issue = result.error.issues[0];
      throw new SlipstreamError('REQUEST_INVALID', `${issue?.path.join('.')}: ${issue?.message}`);
    },
  });
  api.use(logRequests(ports));
  // Before the body is parsed; photographs have a limit of their own.
  api.use('/uploads', bodyLimit({ maxSize: JSON_BYTES_MAX, onError: () => problemResponse(jsonTooLong()) }));
  api.use('/receipts/*', bodyLimit({ maxSize: JSON_BYTES_MAX, onError: () => problemResponse(jsonTooLong()) }));
  api.onError((thrown) => {
    const error = requestFault(thrown) ?? SlipstreamError.from(thrown);
    if (error.code === 'INTERNAL') ports.logger.error({ error }, 'a request failed');
    return problemResponse(error);
  });
  api.notFound((c) => {
    const methods = methodsAt(api, c.req.path);
    if (methods.length > 0) return methodNotAllowed(c.req.method, c.req.path, methods);
    return problemResponse(
      new SlipstreamError('NOT_FOUND', `There is nothing at ${c.req.path}; GET /openapi.json lists what there is.`),
    );
  });
  const cursors = new SealedCursors(ports.secrets);
  addImages(api, ports, cursors);
  addPictures(api, ports);
  addReceipts(api, ports, cursors);
  addSpending(api, ports);
  addOperations(api, ports);
  describeApi(api);
  return api;
}

/** What Hono itself finds wrong with a request: broken JSON. */
function requestFault(thrown: unknown): SlipstreamError | null {
  if (!(thrown instanceof HTTPException) || thrown.status >= 500) return null;
  return new SlipstreamError('REQUEST_INVALID', `${thrown.message}; GET /openapi.json says what is expected.`);
}

function methodNotAllowed(method: string, path: string, methods: readonly string[]): Response {
  const allow = methods.join(', ');
  const response = problemResponse(
    new SlipstreamError('METHOD_NOT_ALLOWED', `${path} does not take ${method}, but ${allow}.`),
  );
  response.headers.set('allow', allow);
  return response;
}

function jsonTooLong(): SlipstreamError {
  return new SlipstreamError(
    'LIMIT_EXCEEDED',
    `The body has more than ${JSON_BYTES_MAX} bytes, which no request of this kind needs.`,
  );
}
