import { OpenAPIHono } from '@hono/zod-openapi';
import { SlipstreamError } from '@slipstream/shared';
import { bodyLimit } from 'hono/body-limit';
import { addImages } from './add-images.ts';
import { addOperations } from './add-operations.ts';
import { addReceipts } from './add-receipts.ts';
import type { ApiEnv } from './api-env.ts';
import type { ApiPorts } from './api-ports.ts';
import { logRequests } from './log-requests.ts';
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
  api.onError((thrown) => {
    const error = SlipstreamError.from(thrown);
    if (error.code === 'INTERNAL') ports.logger.error({ error }, 'a request failed');
    return problemResponse(error);
  });
  api.notFound((c) =>
    problemResponse(
      new SlipstreamError('NOT_FOUND', `There is nothing at ${c.req.path}; GET /openapi.json lists what there is.`),
    ),
  );
  const cursors = new SealedCursors(ports.secrets);
  addImages(api, ports, cursors);
  addReceipts(api, ports, cursors);
  addOperations(api, ports);
  return api;
}

function jsonTooLong(): SlipstreamError {
  return new SlipstreamError(
    'LIMIT_EXCEEDED',
    `The body has more than ${JSON_BYTES_MAX} bytes, which no announcement needs.`,
  );
}
