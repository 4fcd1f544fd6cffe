import type { Problem } from '@slipstream/api-contract';
import { ERROR_MEANINGS, type SlipstreamError } from '@slipstream/shared';

const RETRY_AFTER_S = '5';

/** What the caller may know: an unexpected error's own message stays in the log. */
export function problemOf(error: SlipstreamError): Problem {
  const { title, httpStatus } = ERROR_MEANINGS[error.code];
  const detail = error.code === 'INTERNAL' ? 'Something unexpected happened; it is in the log.' : error.message;
  return {
    type: `urn:slipstream:error:${error.code.toLowerCase()}`,
    title,
    status: httpStatus,
    detail,
    code: error.code,
  };
}

export function problemResponse(error: SlipstreamError): Response {
  const problem = problemOf(error);
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: {
      'content-type': 'application/problem+json',
      ...(error.code === 'CATALOGUE_BUILDING' ? { 'retry-after': RETRY_AFTER_S } : {}),
    },
  });
}
