import { FUNCTION_NAMES } from '@slipstream/shared';
import { z } from 'zod';

/**
 * All that can be chosen about one environment. `dev.ts` and `prod.ts` say what each choice costs; what does not fit
 * together is refused by `checkEnvironment`.
 */

const cidrSchema = z.string().regex(/^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/);

/** A zone by its id (`use1-az4`): names such as us-east-1a mean different zones in different accounts. */
const subnetSchema = z.object({ cidr: cidrSchema, zone_id: z.string().regex(/^[a-z]{2,5}\d-az\d+$/) });

const newNetworkSchema = z.object({
  kind: z.literal('new'),
  vpc_cidr: cidrSchema,
  public_subnets: z.array(subnetSchema).min(1),
  private_subnets: z.array(subnetSchema).min(2),
});

/** A network that exists already, with its own way out. */
const existingNetworkSchema = z.object({
  kind: z.literal('existing'),
  vpc_id: z.string().regex(/^vpc-[0-9a-f]+$/),
  /** Private subnets, one a zone. */
  subnet_ids: z.array(z.string().regex(/^subnet-[0-9a-f]+$/)).min(1),
  route_table_ids: z.array(z.string().regex(/^rtb-[0-9a-f]+$/)).min(1),
  /** Endpoints that it has: only the others are added. */
  endpoints_present: z.array(z.enum(['s3', 'dynamodb', 'sqs', 'secretsmanager', 'logs'])),
});

const natSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('instance'),
    instance_type: z.string().regex(/^[a-z]+\d[a-z-]*\.[a-z0-9]+$/),
    /**
     * Version of the image's public SSM parameter, counted in each region by itself. `newest`: the one that is newest
     * when Terraform runs; between two deploys a replaced instance gets the same image either way.
     */
    image_version: z.union([z.literal('newest'), z.int().min(1)]),
  }),
  z.object({ kind: z.literal('gateway') }),
  z.object({ kind: z.literal('none') }),
]);

const functionSizeSchema = z.object({
  /** At most 900: Lambda's own limit. */
  timeout_s: z.int().min(1).max(900),
  memory_mb: z.int().min(128).max(10_240),
  /** /tmp */
  ephemeral_mb: z.int().min(512).max(10_240),
  /** Messages or stream records of one invocation. */
  batch_size: z.int().min(1).max(100).nullable(),
  /** Of the mapping: SQS allows 2 to 1000. */
  concurrency_max: z.int().min(2).max(1000).nullable(),
  /** Of the function: taken out of the account's own 1,000 (new accounts: 10, of which none can be reserved). */
  concurrency_reserved: z.int().min(1).nullable(),
  /** Environments kept warm on the live alias; each costs all month. */
  concurrency_provisioned: z.int().min(1).nullable(),
});

const oidcSchema = z.object({
  kind: z.literal('oidc'),
  issuer: z.url(),
  audience: z.array(z.string().min(1)).min(1),
  /**
   * Where `slipstream login` may be sent back to: `registered`, the three addresses that the client has to name at the
   * issuer (shared, login-redirects.ts); `any-port`, where the issuer compares no ports of loopback addresses (RFC 8252).
   */
  redirects: z.enum(['registered', 'any-port']).default('registered'),
});

export const environmentSchema = z.object({
  /** Part of every name: slipstream-{name}. */
  name: z.string().regex(/^[a-z][a-z0-9]{1,11}$/),
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/),
  /** Nothing that holds data can be deleted before this is off. */
  deletion_protection: z.boolean(),
  network: z.discriminatedUnion('kind', [newNetworkSchema, existingNetworkSchema]),
  nat: natSchema,
  /** Interface endpoints, each paid by zone. */
  endpoints: z.object({ sqs: z.boolean(), secretsmanager: z.boolean(), logs: z.boolean() }),
  efs: z.boolean(),
  retention: z.object({
    message_days: z.int().min(1).max(14),
    dead_letter_days: z.int().min(1).max(14),
    delta_days: z.int().min(1),
    /** How long an overwritten or deleted object can be brought back. */
    old_version_days: z.int().min(1),
    log_days: z.union([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731].map((days) => z.literal(days))),
  }),
  functions: z.object({
    /** `seeds`: process-ocr-results, compaction, validate-receipt and the probe; `needed`: those that mount EFS. */
    vpc: z.enum(['seeds', 'needed', 'none']),
    sizes: z.record(z.enum(FUNCTION_NAMES), functionSizeSchema),
  }),
  llm: z.object({ base_url: z.url({ protocol: /^https?$/ }), model: z.string().min(1) }).nullable(),
  api: z.object({
    authorizer: z.discriminatedUnion('kind', [oidcSchema, z.object({ kind: z.literal('cognito') })]),
    throttle: z.object({ burst: z.int().min(1), rate_per_s: z.number().positive() }),
    domain: z
      .object({
        name: z.string().min(4),
        zone_id: z.string().regex(/^Z[A-Z0-9]+$/),
        /** Share of the traffic that this region takes, 0 to 255; with a health check that takes it off. */
        weighted: z
          .object({
            weight: z.int().min(0).max(255),
            set_identifier: z.string().min(1),
            /** Whether the other regions serve the same records and objects; what this stack makes is `separate`. */
            data: z.enum(['separate', 'replicated']),
          })
          .nullable(),
      })
      .nullable(),
  }),
  console_hosting: z.boolean(),
  agent_access: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('roles-anywhere'),
      ca_certificate_pem: z.string().startsWith('-----BEGIN CERTIFICATE'),
    }),
    z.object({
      kind: z.literal('sso'),
      instance_arn: z.string().startsWith('arn:aws:sso:::instance/'),
      group_id: z.uuid(),
    }),
    z.object({ kind: z.literal('user') }),
    /** The policy alone: the agent's machine gets it in another way. */
    z.object({ kind: z.literal('none') }),
  ]),
  verify: z.object({
    /**
     * Who may put on the functions' roles to try their rights (`npm run verify`): users and roles of this account, by
     * ARN. Each needs sts:AssumeRole too. Empty: `verify --as-operator` tries the caller's own rights instead.
     */
    operator_arns: z.array(z.string().regex(/^arn:aws:iam::\d{12}:(user|role)\/[\w+=,.@/-]{1,512}$/)).max(10),
  }),
  watching: z.object({
    /** null, or 'none' where that is meant: no one is notified until someone subscribes to the topic. */
    alarm_email: z.union([z.email(), z.literal('none')]).nullable(),
    monthly_cost_usd: z.number().positive(),
  }),
});

export type Environment = z.infer<typeof environmentSchema>;
export type NewNetwork = z.infer<typeof newNetworkSchema>;
export type ExistingNetwork = z.infer<typeof existingNetworkSchema>;
export type FunctionSize = z.infer<typeof functionSizeSchema>;
