import { z } from 'zod';
import { findingSchema } from '../findings/finding.ts';

/**
 * What the doctor looks at: one document, whichever side it was collected from. `null` is "not known" (a plan whose
 * value Terraform knows only after apply, a call that was not permitted); an empty list is "known to be empty".
 * Ids are AWS ids when collected live and Terraform addresses when collected from a synthesised stack.
 */
export const SNAPSHOT_VERSION = 1;

const id = z.string();
const ids = z.array(id);
const unknown = <T extends z.ZodType>(schema: T) => schema.nullable();

const statementSchema = z.object({
  effect: z.enum(['Allow', 'Deny']),
  actions: z.array(z.string()),
  not_actions: z.array(z.string()).default([]),
  resources: z.array(z.string()),
  not_resources: z.array(z.string()).default([]),
  /** ARNs, account ids, `*`; service principals as `service:…`. Empty: an identity policy. */
  principals: z.array(z.string()).default([]),
  conditions: z.array(z.object({ operator: z.string(), key: z.string(), values: z.array(z.string()) })).default([]),
});

const ruleSchema = z.object({
  /** `-1`: every protocol. */
  protocol: z.string(),
  from_port: z.number().nullable(),
  to_port: z.number().nullable(),
  cidrs: z.array(z.string()),
  groups: ids,
  prefix_lists: ids,
  /** Part of the rule could not be read: it may admit more than it says. */
  partly_unknown: z.boolean().default(false),
});

const aclEntrySchema = z.object({
  number: z.number(),
  egress: z.boolean(),
  allow: z.boolean(),
  protocol: z.string(),
  from_port: z.number().nullable(),
  to_port: z.number().nullable(),
  cidr: z.string(),
});

const TARGET_KINDS = [
  'local',
  'internet_gateway',
  'egress_only_gateway',
  'nat_gateway',
  'network_interface',
  'instance',
  'peering',
  'transit_gateway',
  'vpn_gateway',
  'endpoint',
  'firewall_endpoint',
  'missing',
  'unknown',
] as const;

const routeSchema = z.object({
  /** CIDR, or a prefix list's id. */
  destination: z.string(),
  target: z.object({ kind: z.enum(TARGET_KINDS), id: z.string().nullable() }),
  state: z.enum(['active', 'blackhole']).default('active'),
});

const functionSchema = z.object({
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
  vpcs: z.array(
    z.object({
      id,
      cidrs: unknown(z.array(z.string())),
      ipv6_cidrs: z.array(z.string()),
      dns_support: unknown(z.boolean()),
      dns_hostnames: unknown(z.boolean()),
      dhcp_options_id: id.nullable(),
      main_route_table_id: id.nullable(),
      default_acl_id: id.nullable(),
      default_group_id: id.nullable(),
    }),
  ),
  dhcp_options: z.array(z.object({ id, name_servers: z.array(z.string()), domain_name: z.string().nullable() })),
  subnets: z.array(
    z.object({
      id,
      vpc_id: id.nullable(),
      cidr: z.string().nullable(),
      ipv6_cidr: z.string().nullable(),
      zone: z.string().nullable(),
      free_addresses: z.number().nullable(),
    }),
  ),
  route_tables: z.array(
    z.object({ id, vpc_id: id.nullable(), subnet_ids: ids, routes: z.array(routeSchema), routes_known: z.boolean() }),
  ),
  internet_gateways: z.array(z.object({ id, vpc_id: id.nullable(), egress_only: z.boolean() })),
  nat_gateways: z.array(
    z.object({
      id,
      subnet_id: id.nullable(),
      connectivity: z.enum(['public', 'private']),
      state: z.string(),
      public_addresses: z.array(z.string()),
    }),
  ),
  network_interfaces: z.array(
    z.object({
      id,
      subnet_id: id.nullable(),
      group_ids: unknown(ids),
      source_dest_check: unknown(z.boolean()),
      status: z.string().nullable(),
      instance_id: id.nullable(),
      /** Whether it is attached to anything; null: something may attach it while it runs. */
      attached: unknown(z.boolean()),
      private_addresses: z.array(z.string()),
      has_public_address: unknown(z.boolean()),
      public_address: z.string().nullable(),
      kind: z.string().nullable(),
    }),
  ),
  instances: z.array(
    z.object({
      id,
      type: z.string().nullable(),
      state: z.string().nullable(),
      checks: z.string().nullable(),
      subnet_id: id.nullable(),
      group_ids: unknown(ids),
      source_dest_check: unknown(z.boolean()),
      has_public_address: unknown(z.boolean()),
      public_address: z.string().nullable(),
      image: z.string().nullable(),
      /** Whether its user data forwards and masquerades; null: not known. */
      guest_forwards: unknown(z.boolean()),
      guest_masquerades: unknown(z.boolean()),
      interface_ids: ids,
    }),
  ),
  security_groups: z.array(
    z.object({
      id,
      vpc_id: id.nullable(),
      name: z.string(),
      ingress: unknown(z.array(ruleSchema)),
      egress: unknown(z.array(ruleSchema)),
    }),
  ),
  network_acls: z.array(
    z.object({ id, vpc_id: id.nullable(), subnet_ids: ids, entries: unknown(z.array(aclEntrySchema)) }),
  ),
  prefix_lists: z.array(z.object({ id, name: z.string(), cidrs: z.array(z.string()) })),
  endpoints: z.array(
    z.object({
      id,
      vpc_id: id.nullable(),
      type: z.string(),
      /** `com.amazonaws.us-east-1.sqs` */
      service: z.string().nullable(),
      state: z.string(),
      subnet_ids: unknown(ids),
      group_ids: unknown(ids),
      route_table_ids: unknown(ids),
      private_dns: unknown(z.boolean()),
      policy: unknown(z.array(statementSchema)),
      dns_names: z.array(z.string()),
    }),
  ),
  peerings: z.array(
    z.object({
      id,
      requester_vpc_id: id.nullable(),
      accepter_vpc_id: id.nullable(),
      state: z.string(),
    }),
  ),
  transit_gateways: z.array(
    z.object({
      id,
      attachments: z.array(
        z.object({
          id,
          vpc_id: id.nullable(),
          subnet_ids: ids,
          state: z.string(),
          /** Whose routes its traffic follows; null: not known, or the gateway has one table. */
          table_id: id.nullable().default(null),
        }),
      ),
      /** Of all its tables together; null: not known. */
      routes: unknown(
        z.array(
          z.object({
            destination: z.string(),
            attachment_id: id.nullable(),
            blackhole: z.boolean(),
            table_id: id.nullable().default(null),
          }),
        ),
      ),
    }),
  ),
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
