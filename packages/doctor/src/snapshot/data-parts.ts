import { z } from 'zod';
import { id, ids, statementSchema, unknown } from './parts.ts';

/** What functions reach: queues, buckets, secrets, databases, files, and the names that lead there. */
export const dataParts = {
  queues: z.array(
    z.object({
      id,
      arn: z.string(),
      name: z.string(),
      visibility_s: z.number().nullable(),
      retention_s: z.number().nullable(),
      dead_letter_arn: z.string().nullable(),
      max_receives: z.number().nullable(),
      policy: unknown(z.array(statementSchema)),
      ready: z.number().nullable(),
      in_flight: z.number().nullable(),
      oldest_age_s: z.number().nullable(),
    }),
  ),
  buckets: z.array(
    z.object({
      id,
      name: z.string(),
      region: z.string().nullable(),
      policy: unknown(z.array(statementSchema)),
      expirations: z.array(z.object({ prefix: z.string(), days: z.number() })),
    }),
  ),
  secrets: z.array(z.object({ id, arn: z.string(), name: z.string(), policy: unknown(z.array(statementSchema)) })),
  /** Tables, topics, streams, parameters: what only has to be named. */
  resources: z.array(z.object({ id, kind: z.string(), arn: z.string(), name: z.string() })),
  databases: z.array(
    z.object({
      id,
      kind: z.enum(['rds', 'elasticache', 'memorydb', 'redshift', 'opensearch', 'docdb', 'kafka']),
      engine: z.string().nullable(),
      hosts: z.array(z.string()),
      port: z.number().nullable(),
      vpc_id: id.nullable(),
      subnet_ids: ids,
      group_ids: unknown(ids),
      public: unknown(z.boolean()),
      tls: z.enum(['required', 'optional', 'none']).nullable(),
    }),
  ),
  file_systems: z.array(z.object({ id, policy: unknown(z.array(statementSchema)) })),
  access_points: z.array(z.object({ id, file_system_id: id.nullable() })),
  mount_targets: z.array(
    z.object({
      id,
      file_system_id: id.nullable(),
      subnet_id: id.nullable(),
      group_ids: unknown(ids),
      state: z.string(),
    }),
  ),
  private_zones: z.array(
    z.object({
      id,
      name: z.string(),
      vpc_ids: ids,
      /** Names that the zone answers, fully qualified, `*.` for wildcards; null: not known. */
      records: unknown(z.array(z.object({ name: z.string(), type: z.string(), values: z.array(z.string()) }))),
    }),
  ),
  resolver_rules: z.array(
    z.object({ id, domain: z.string(), kind: z.string(), targets: z.array(z.string()), vpc_ids: ids }),
  ),
  dns_firewalls: z.array(
    z.object({
      id,
      vpc_ids: ids,
      rules: z.array(z.object({ action: z.string(), priority: z.number(), domains: unknown(z.array(z.string())) })),
    }),
  ),
  apis: z.array(z.object({ id, private: z.boolean(), host: z.string().nullable() })),
};
