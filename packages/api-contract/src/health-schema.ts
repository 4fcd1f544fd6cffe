import { z } from '@hono/zod-openapi';

export const queueDepthSchema = z
  .object({
    ready: z.int(),
    in_flight: z.int(),
    delayed: z.int(),
    dead: z.int(),
    oldest_age_ms: z.number().nullable(),
  })
  .openapi('QueueDepth');

/** Something that a person has to do before all works again. */
export const healthProblemSchema = z.object({ code: z.string(), message: z.string() }).openapi('HealthProblem');

export const healthSchema = z
  .object({
    status: z.enum(['ok', 'degraded', 'failing']),
    queues: z.record(z.string(), queueDepthSchema).optional(),
    agent: z.string().optional().openapi({ description: 'The engine that reads here' }),
    problems: z.array(healthProblemSchema).optional(),
  })
  .openapi('Health');

export type Health = z.infer<typeof healthSchema>;
