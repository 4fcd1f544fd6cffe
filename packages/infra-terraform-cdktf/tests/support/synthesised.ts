import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Bundles } from '../../src/bundles/bundle.ts';
import { readAgentNeeds } from '../../src/bundles/bundle-files.ts';
import { dev } from '../../src/environments/dev.ts';
import type { Environment } from '../../src/environments/environment.ts';
import { stackName } from '../../src/environments/index.ts';
import { synthesise } from '../../src/stack/slipstream-app.ts';
import { emptyBundles } from './empty-bundles.ts';

const block = z.record(z.string(), z.unknown());
const stackSchema = z.looseObject({
  resource: z.record(z.string(), z.record(z.string(), block)),
  data: z.record(z.string(), z.record(z.string(), block)),
  output: z.record(z.string(), block),
  terraform: z.looseObject({
    required_providers: z.object({ aws: z.object({ source: z.string(), version: z.string() }) }),
  }),
  provider: z.looseObject({ aws: z.array(block) }),
});
const statementSchema = z.object({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Principal: z.unknown().optional(),
  Action: z.union([z.string(), z.array(z.string())]).transform((action) => [action].flat()),
  Resource: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .transform((resource) => [resource ?? []].flat()),
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});
export type PolicyStatement = z.infer<typeof statementSchema>;

export type Attributes = Readonly<Record<string, unknown>>;

/** A stack as Terraform reads it: plain data. */
export class Synthesised {
  readonly folder: string;
  readonly stack: z.infer<typeof stackSchema>;
  readonly environment: Environment;

  constructor(environment: Environment, bundles: Bundles = emptyBundles(), endpoint: string | null = null) {
    const outdir = mkdtempSync(join(tmpdir(), 'slipstream-synth-'));
    synthesise([environment], { bundles, agentNeeds: readAgentNeeds(), stateOf: () => null, endpoint }, outdir);
    this.environment = environment;
    this.folder = join(outdir, 'stacks', stackName(environment));
    this.stack = stackSchema.parse(JSON.parse(readFileSync(join(this.folder, 'cdk.tf.json'), 'utf8')));
  }

  /** All resources of a type, with their ids. */
  all(type: string): [string, Attributes][] {
    return Object.entries(this.stack.resource[type] ?? {});
  }

  /** The one resource of a type whose id begins so. */
  one(type: string, idPrefix = ''): Attributes {
    const found = this.all(type).filter(([id]) => id.startsWith(idPrefix));
    const [only] = found;
    if (found.length !== 1 || !only)
      throw new Error(`${found.length} of ${type} ${idPrefix}*: ${found.map(([id]) => id).join(', ')}`);
    return only[1];
  }

  has(type: string, idPrefix = ''): boolean {
    return this.all(type).some(([id]) => id.startsWith(idPrefix));
  }

  idOf(type: string, idPrefix = ''): string {
    const found = this.all(type).find(([id]) => id.startsWith(idPrefix));
    if (!found) throw new Error(`no ${type} ${idPrefix}`);
    return `${type}.${found[0]}`;
  }
}

export function statementsOf(policy: unknown): PolicyStatement[] {
  return z.object({ Statement: z.array(statementSchema) }).parse(JSON.parse(String(policy))).Statement;
}

const cache = new Map<string, Synthesised>();

/** dev with changes; each variant is synthesised once. */
export function synthesised(changes: Partial<Environment> = {}): Synthesised {
  const environment = { ...dev, ...changes };
  const key = JSON.stringify(environment);
  const known = cache.get(key) ?? new Synthesised(environment);
  cache.set(key, known);
  return known;
}
