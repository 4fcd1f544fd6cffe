import { z } from 'zod';
import { findingSchema } from '../findings/finding.ts';
import { dataParts } from './data-parts.ts';
import { functionParts, type functionSchema } from './function-parts.ts';
import {
  type aclEntrySchema,
  networkParts,
  type routeSchema,
  type ruleSchema,
  type TARGET_KINDS,
} from './network-parts.ts';
import { id, type statementSchema } from './parts.ts';

/**
 * What the doctor looks at: one document, whichever side it was collected from. `null` is "not known" (a plan whose
 * value Terraform knows only after apply, a call that was not permitted); an empty list is "known to be empty".
 * Ids are AWS ids when collected live and Terraform addresses when collected from a synthesised stack.
 */
export const SNAPSHOT_VERSION = 1;

/** What a function's log says, in short: see logs/analyse-log.ts. */
const logSchema = z.object({
  source: z.string(),
  /** The function's name; null: the log does not say it. */
  function: z.string().nullable(),
  requests: z.number(),
  failed: z.number(),
  verdict: z.string(),
  hosts: z.array(z.object({ host: z.string(), service: z.string().nullable(), count: z.number() })),
  findings: z.array(findingSchema),
  /** Start after the first request, duration and outcome, of the first ones: what a drawing needs. */
  rows: z.array(z.object({ start_ms: z.number(), duration_ms: z.number(), outcome: z.string() })).default([]),
});

export const snapshotSchema = z.object({
  schema_version: z.literal(SNAPSHOT_VERSION),
  source: z.object({
    kind: z.enum(['synth', 'plan', 'aws']),
    name: z.string(),
    collected_at: z.string(),
  }),
  region: z.string().nullable(),
  account_id: z.string().nullable(),
  ...networkParts,
  ...functionParts,
  ...dataParts,
  metrics: z.array(
    z.object({ resource_id: id, name: z.string(), statistic: z.string(), value: z.number(), minutes: z.number() }),
  ),
  declared_needs: z.array(
    z.object({
      function: z.string(),
      aws: z.array(z.object({ actions: z.array(z.string()), resource: z.string() })),
      hosts: z.array(z.string()),
      host_rules: z
        .array(z.object({ host: z.string(), variable: z.string().nullable(), secret: z.string().nullable() }))
        .default([]),
      secrets: z.array(z.string()),
      environment: z.array(z.string()),
    }),
  ),
  logs: z.array(logSchema).default([]),
  /** What calls from inside the network measured. */
  measured: z.array(findingSchema).default([]),
  agents: z.object({ count: z.number(), last_seen_s: z.number().nullable() }).nullable(),
  /** Kinds that could not be listed: that one of them is not in the snapshot says nothing. */
  unread: z.array(z.enum(['endpoints', 'nat_gateways', 'internet_gateways', 'interfaces'])).default([]),
  not_checked: z.array(z.string()),
});

export type Snapshot = z.infer<typeof snapshotSchema>;
export type Statement = z.infer<typeof statementSchema>;
export type GroupRule = z.infer<typeof ruleSchema>;
export type LogFacts = z.infer<typeof logSchema>;
export type AclEntry = z.infer<typeof aclEntrySchema>;
export type Route = z.infer<typeof routeSchema>;
export type RouteTable = Snapshot['route_tables'][number];
export type TargetKind = (typeof TARGET_KINDS)[number];
export type LambdaFunction = z.infer<typeof functionSchema>;
export type Subnet = Snapshot['subnets'][number];
export type Vpc = Snapshot['vpcs'][number];
export type Endpoint = Snapshot['endpoints'][number];
export type SecurityGroup = Snapshot['security_groups'][number];
export type DeclaredNeeds = Snapshot['declared_needs'][number];

/** A snapshot of nothing: collectors fill in what they find. */
export function emptySnapshot(source: Snapshot['source']): Snapshot {
  return {
    schema_version: SNAPSHOT_VERSION,
    source,
    region: null,
    account_id: null,
    vpcs: [],
    dhcp_options: [],
    subnets: [],
    route_tables: [],
    internet_gateways: [],
    nat_gateways: [],
    network_interfaces: [],
    instances: [],
    security_groups: [],
    network_acls: [],
    prefix_lists: [],
    endpoints: [],
    peerings: [],
    transit_gateways: [],
    functions: [],
    roles: [],
    mappings: [],
    queues: [],
    buckets: [],
    secrets: [],
    resources: [],
    databases: [],
    file_systems: [],
    access_points: [],
    mount_targets: [],
    private_zones: [],
    resolver_rules: [],
    dns_firewalls: [],
    apis: [],
    metrics: [],
    declared_needs: [],
    logs: [],
    measured: [],
    agents: null,
    unread: [],
    not_checked: [],
  };
}
