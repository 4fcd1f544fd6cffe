import { z } from '@hono/zod-openapi';
import { ERROR_MEANINGS, type SlipstreamError } from '@slipstream/shared';

/** RFC 9457. `code` is stable, `detail` says what to do. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
  })
  .openapi('Problem');

export type Problem = z.infer<typeof problemSchema>;

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
    headers: { 'content-type': 'application/problem+json' },
  });
}
