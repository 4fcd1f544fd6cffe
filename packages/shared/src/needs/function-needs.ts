import * as z from 'zod';
import { QUEUE_NAMES } from '../queues/queue-table.ts';

/** A resource by its role in the stack, whatever its name there is. A `/prefix*` narrows a bucket. */
const resourceSchema = z
  .string()
  .regex(
    new RegExp(
      `^((raw|artifacts)-bucket(/[\\w-]+/\\*)?|table|table-index|table-stream|(${QUEUE_NAMES.join('|')})(-dead)?|secret:(openai|places))$`,
    ),
  );

/** host:port */
const hostSchema = z.string().regex(/^[\w.-]+:\d+$/);
const variableSchema = z.string().regex(/^[A-Z][A-Z0-9_]+$/);
const secretSchema = z.enum(['openai', 'places']);

const awsNeedSchema = z.object({
  actions: z.array(z.string().regex(/^[a-z0-9]+:[A-Z]\w+$/)).min(1),
  resource: resourceSchema,
});
export type AwsNeed = z.infer<typeof awsNeedSchema>;

/** What one program needs to do its work, and nothing more: `needs.json` beside a function's bundle. Its role is made of it. */
export const functionNeedsSchema = z.object({
  function: z.string(),
  aws: z.array(awsNeedSchema),
  /** host:port outside of AWS, where no setting says otherwise. */
  hosts: z.array(hostSchema),
  /**
   * Of those hosts: the variable with a URL that takes its place, and the secret without whose value it is never
   * called. A host without a rule is always called.
   */
  host_rules: z
    .array(z.object({ host: hostSchema, variable: variableSchema.nullable(), secret: secretSchema.nullable() }))
    .optional(),
  /** AWS services whose endpoint is called without any right: what a probe does. */
  services: z.array(z.string().regex(/^[a-z0-9]+$/)).optional(),
  secrets: z.array(secretSchema),
  /** Variables that the deploy sets for it. */
  environment: z.array(variableSchema),
});

export type FunctionNeeds = z.infer<typeof functionNeedsSchema>;

export interface NeededHost {
  readonly host: string;
  readonly port: number;
  /** Without a value in this secret the host is never called; null: it always is. */
  readonly secret: z.infer<typeof secretSchema> | null;
  /** The variable that put this host in the place of the usual one; null: it is the usual one. */
  readonly variable: string | null;
}

/** The hosts that a program calls with these variables set. */
export function neededHosts(
  { hosts, host_rules = [] }: Pick<FunctionNeeds, 'hosts' | 'host_rules'>,
  variables: Readonly<Record<string, string | undefined>>,
): NeededHost[] {
  return hosts.map((usual) => {
    const rule = host_rules.find(({ host }) => host === usual);
    const url = rule?.variable ? variables[rule.variable] : undefined;
    const secret = rule?.secret ?? null;
    if (url) return { ...hostOfUrl(url), secret, variable: rule?.variable ?? null };
    const [host = '', port = ''] = usual.split(':');
    return { host, port: Number(port), secret, variable: null };
  });
}

function hostOfUrl(text: string): { readonly host: string; readonly port: number } {
  const url = new URL(text);
  return { host: url.hostname, port: Number(url.port || (url.protocol === 'http:' ? 80 : 443)) };
}
