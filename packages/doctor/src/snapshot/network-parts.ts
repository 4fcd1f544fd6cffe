import { z } from 'zod';
import { id, ids, statementSchema, unknown } from './parts.ts';

export const ruleSchema = z.object({
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

export const aclEntrySchema = z.object({
  number: z.number(),
  egress: z.boolean(),
  allow: z.boolean(),
  protocol: z.string(),
  from_port: z.number().nullable(),
  to_port: z.number().nullable(),
  cidr: z.string(),
});

export const TARGET_KINDS = [
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

export const routeSchema = z.object({
  /** CIDR, or a prefix list's id. */
  destination: z.string(),
  target: z.object({ kind: z.enum(TARGET_KINDS), id: z.string().nullable() }),
  state: z.enum(['active', 'blackhole']).default('active'),
});

/** VPCs and every way in and out of them. */
export const networkParts = {
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
};
