import { z } from 'zod';
import { id, ids, statementSchema, unknown } from './parts.ts';

export const functionSchema = z.object({
  id,
  name: z.string(),
  runtime: z.string().nullable(),
  timeout_s: z.number().nullable(),
  memory_mb: z.number().nullable(),
  role_id: id.nullable(),
  vpc: z
    .object({ subnet_ids: unknown(ids), group_ids: unknown(ids), vpc_id: id.nullable(), ipv6_allowed: z.boolean() })
    .nullable(),
  /** Values that may be secrets are replaced; null: not known. */
  environment: unknown(z.record(z.string(), z.string().nullable())),
  layers: z.array(z.string()),
  mounts: z.array(z.object({ access_point_id: id.nullable(), path: z.string() })),
  reserved_concurrency: z.number().nullable(),
  dead_letter_target: z.string().nullable(),
  async_destinations: z.array(z.string()),
  /** Services that invoke it asynchronously: `s3.amazonaws.com`, `sns.amazonaws.com`. */
  async_sources: z.array(z.string()).default([]),
  state: z.string().nullable(),
  state_reason: z.string().nullable(),
  update_status: z.string().nullable(),
  log_group: z.string().nullable(),
});

/** Functions, what they may do, and what polls for them. */
export const functionParts = {
  functions: z.array(functionSchema),
  roles: z.array(
    z.object({
      id,
      name: z.string(),
      statements: z.array(statementSchema),
      complete: z.boolean(),
      /** ARNs in policies that are not known yet: what they allow on those is not known either. */
      named: z.array(z.string()).default([]),
    }),
  ),
  mappings: z.array(
    z.object({
      id,
      function_id: id.nullable(),
      source: z.string().nullable(),
      enabled: unknown(z.boolean()),
      state: z.string().nullable(),
      max_concurrency: z.number().nullable(),
      batch_size: z.number().nullable(),
      on_failure: z.string().nullable(),
      reports_failures: z.boolean(),
      last_result: z.string().nullable(),
    }),
  ),
};
