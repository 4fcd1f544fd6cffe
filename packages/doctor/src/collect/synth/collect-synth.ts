import { glob, readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { SlipstreamError } from '@slipstream/shared';
import { emptySnapshot, type Snapshot } from '../../snapshot/snapshot.ts';
import { configSchema, configStack } from './config-stack.ts';
import { narrowSubnets } from './narrow-subnets.ts';
import { planSchema } from './plan-schema.ts';
import { planStack } from './plan-stack.ts';
import { readCompute } from './read-compute.ts';
import { readData } from './read-data.ts';
import { readDns } from './read-dns.ts';
import { readEndpoints } from './read-endpoints.ts';
import { readFunctions } from './read-functions.ts';
import { readGroups } from './read-groups.ts';
import { readLinks } from './read-links.ts';
import { readNetwork } from './read-network.ts';
import type { TerraformStack } from './resource.ts';
import { StackReader } from './stack-reader.ts';

const FILE_BYTES_MAX = 512 * 1024 * 1024;

/**
 * A snapshot of what is about to be deployed: `path` is a `cdk.tf.json`, the folder of one, cdktf's output folder, or
 * the output of `terraform show -json`. With several stacks in a folder, `stack` names one.
 */
export async function collectSynth(path: string, stack: string | null = null): Promise<Snapshot> {
  const file = await stackFile(path, stack);
  const { size } = await stat(file);
  if (size > FILE_BYTES_MAX)
    throw new SlipstreamError(
      'LIMIT_EXCEEDED',
      `${file} has ${size} bytes; a stack's file has ${FILE_BYTES_MAX} at most.`,
    );
  return snapshotOfStack(await readFile(file, 'utf8'), file);
}

/** The same of a file's text. */
export function snapshotOfStack(text: string, name: string): Snapshot {
  return snapshotOf(parseStack(text, name), name);
}

export function parseStack(text: string, name: string): TerraformStack {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (cause) {
    throw new SlipstreamError(
      'DOCUMENT_INVALID',
      `${name} is not JSON: give a cdk.tf.json, or what terraform show -json prints (not the plan file itself).`,
      { cause },
    );
  }
  const plan = planSchema.safeParse(document);
  if (plan.success) {
    if (plan.data.planned_values || plan.data.values) return planStack(plan.data);
    throw new SlipstreamError(
      'DOCUMENT_INVALID',
      `${name} is of Terraform, but neither a plan nor a state: it has no planned_values and no values.`,
    );
  }
  if (typeof document === 'object' && document !== null && 'format_version' in document) {
    const [issue] = plan.error.issues;
    throw new SlipstreamError(
      'DOCUMENT_INVALID',
      `${name} is of Terraform, but cannot be read at ${issue?.path.join('.') || 'its top'}: ${issue?.message}`,
    );
  }
  const config = configSchema.safeParse(document);
  if (config.success && Object.keys(config.data.resource).length > 0) return configStack(config.data);
  throw new SlipstreamError(
    'DOCUMENT_INVALID',
    `${name} has no resources: give a cdk.tf.json, or what terraform show -json prints.`,
  );
}

function snapshotOf(stack: TerraformStack, name: string): Snapshot {
  const snapshot = emptySnapshot({ kind: stack.kind, name, collected_at: new Date().toISOString() });
  snapshot.region = stack.region;
  snapshot.not_checked.push(...stack.notes);
  const reader = new StackReader(stack);
  readNetwork(reader, snapshot);
  readLinks(reader, snapshot);
  readGroups(reader, snapshot);
  readCompute(reader, snapshot);
  readEndpoints(reader, snapshot);
  readFunctions(reader, snapshot);
  readData(reader, snapshot);
  readDns(reader, snapshot);
  if (stack.kind === 'plan') narrowSubnets(snapshot);
  for (const fn of snapshot.functions) {
    if (fn.vpc === null) continue;
    const subnet = snapshot.subnets.find(({ id, vpc_id }) => vpc_id !== null && fn.vpc?.subnet_ids?.includes(id));
    const group = snapshot.security_groups.find(({ id, vpc_id }) => vpc_id !== null && fn.vpc?.group_ids?.includes(id));
    fn.vpc.vpc_id = subnet?.vpc_id ?? group?.vpc_id ?? null;
  }
  return snapshot;
}

async function stackFile(path: string, stack: string | null): Promise<string> {
  const full = resolve(path);
  const found = await stat(full).catch(() => null);
  if (found === null)
    throw new SlipstreamError('NOT_FOUND', `${path} does not exist: synthesise first (npm run synth).`);
  if (found.isFile()) return full;
  const candidates: string[] = [];
  for (const pattern of ['cdk.tf.json', 'stacks/*/cdk.tf.json', '*.tf.json', 'plan.json', '*.json'])
    if (candidates.length === 0)
      for await (const each of glob(pattern, { cwd: full })) candidates.push(join(full, each));
  const named = stack === null ? candidates : candidates.filter((each) => isNamed(each, stack));
  const [only, another] = named.length > 0 ? named : candidates;
  if (only === undefined)
    throw new SlipstreamError(
      'NOT_FOUND',
      `${path} has no cdk.tf.json and no plan as JSON: synthesise first (npm run synth).`,
    );
  if (another === undefined && (stack === null || named.length > 0)) return only;
  if (named.length === 1) return only;
  const names = candidates.map((each) => basename(join(each, '..')));
  throw new SlipstreamError(
    'REQUEST_INVALID',
    `${path} has several stacks (${names.join(', ')}): name one, as in --synth ${join(path, 'stacks', names[0] ?? '')}.`,
  );
}

function isNamed(file: string, stack: string): boolean {
  const folder = basename(join(file, '..'));
  return folder === stack || folder === `slipstream-${stack}` || file === stack;
}
