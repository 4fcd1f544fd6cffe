import { z } from '@hono/zod-openapi';

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
