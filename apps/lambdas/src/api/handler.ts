import { createApi, dataPorts } from '@slipstream/api';
import { BODY_BYTES_MAX } from '@slipstream/api-contract/client';
import { IMAGE_BYTES_MAX } from '@slipstream/runtime';
import { SlipstreamError } from '@slipstream/shared';
import { handle, type LambdaEvent } from 'hono/aws-lambda';
import { isHealthCheck } from '../events/health-check.ts';
import { awsFunction } from '../runtime/aws-function.ts';
import { jwtGrant } from './jwt-grant.ts';

export const handler = awsFunction<LambdaEvent, unknown>('api', (ports) => {
  const serve = handle(
    createApi({
      ...dataPorts(ports),
      imageBytesMax: IMAGE_BYTES_MAX,
      bodyBytesMax: BODY_BYTES_MAX,
      grant: (_request, env) => jwtGrant(Object(env).event),
    }),
  );
  return async (event) => {
    if (isHealthCheck(event)) return { statusCode: 200, body: '{"status":"ok"}' };
    // What is no HTTP request (somebody invokes the function itself) has no caller either.
    if (!Object(event).requestContext?.http) {
      throw new SlipstreamError('REQUEST_INVALID', 'The event is no HTTP request of an HTTP API.');
    }
    return serve(event);
  };
});
