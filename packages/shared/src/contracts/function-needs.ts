import { z } from 'zod';

/** A resource by its role in the stack, whatever its name there is. A `/prefix*` narrows a bucket. */
const resourceSchema = z
  .string()
  .regex(
    /^((raw|artifacts)-bucket(\/[\w-]+\/\*)?|table|table-index|table-stream|(uploads|ocr|ocr-results|validate|compaction)-queue(-dead)?|secret:(openai|places))$/,
  );

/** What one function needs to do its work, and nothing more: `needs.json` beside its bundle. Its role is tested against it. */
export const functionNeedsSchema = z.object({
  function: z.string(),
  aws: z.array(
    z.object({ actions: z.array(z.string().regex(/^[a-z0-9]+:[A-Z]\w+$/)).min(1), resource: resourceSchema }),
  ),
  /** host:port outside of AWS. */
  hosts: z.array(z.string().regex(/^[\w.-]+:\d+$/)),
  secrets: z.array(z.enum(['openai', 'places'])),
  /** Variables that the deploy sets for it. */
  environment: z.array(z.string().regex(/^[A-Z][A-Z0-9_]+$/)),
});

export type FunctionNeeds = z.infer<typeof functionNeedsSchema>;
