import { existsSync, readFileSync } from 'node:fs';
import { SlipstreamError } from '@slipstream/shared';
import { z } from 'zod';
import { DeployedStack } from './deployed-stack.ts';
import { rememberedStack } from './remembered-stacks.ts';

export interface StackChoice {
  /** As a person says it, `dev`, or as the deploy names it, `slipstream-dev`. */
  readonly stack: string | null;
  readonly outputs: string | null;
}

/** What `cdktf deploy --outputs-file` writes beside where it runs. */
const OUTPUTS_FILE = 'outputs.json';

/** A value plain, or as `terraform output -json` has it. */
const valueSchema = z.union([
  z.union([z.string(), z.number(), z.boolean()]).transform(String),
  z.object({ value: z.union([z.string(), z.number(), z.boolean()]).transform(String) }).transform(({ value }) => value),
]);
const outputsSchema = z.record(z.string(), z.unknown());

/** Whether a deployed stack was asked for at all. */
export function isStackChosen({ stack, outputs }: StackChoice): boolean {
  return stack !== null || outputs !== null;
}

/**
 * The stack that was asked for: from the outputs given, else from `outputs.json` in this folder if the stack is in it,
 * else as `slipstream login` kept it.
 */
export function readStack(choice: StackChoice): DeployedStack {
  if (choice.outputs !== null) return choose(readFile(choice.outputs), choice);
  const { stack } = choice;
  if (stack === null) throw new SlipstreamError('CONFIGURATION_INVALID', 'Name a stack: --stack dev.');
  const here = existsSync(OUTPUTS_FILE) ? readFile(OUTPUTS_FILE).find((one) => isNamed(one, stack)) : undefined;
  const found = here ?? rememberedStack(stack);
  if (found) return found;
  throw new SlipstreamError(
    'CONFIGURATION_INVALID',
    `Nothing is known of the stack ${stack}: give the file that its deploy wrote once, with slipstream login --stack ${stack} --outputs ${OUTPUTS_FILE}.`,
  );
}

function choose(stacks: readonly DeployedStack[], { stack, outputs }: StackChoice): DeployedStack {
  const names = stacks.map(({ name }) => name).join(', ');
  const [first, second] = stacks.filter((one) => stack === null || isNamed(one, stack));
  if (first && second === undefined) return first;
  throw new SlipstreamError(
    'CONFIGURATION_INVALID',
    first
      ? `${outputs} names several stacks (${names}): choose one with --stack.`
      : `${outputs} names no stack ${stack ?? ''}; it has: ${names || 'none'}.`,
  );
}

/** `dev` and `slipstream-dev` mean the same; a file without stacks in it is the one that was asked for. */
function isNamed({ name }: DeployedStack, asked: string): boolean {
  return name === asked || name === `slipstream-${asked}` || name === NAMELESS;
}
const NAMELESS = 'default';

function readFile(file: string): readonly DeployedStack[] {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    const message = `The outputs ${file} cannot be read as JSON: give the file that the deploy wrote.`;
    throw new SlipstreamError('CONFIGURATION_INVALID', message, { cause });
  }
  const top = outputsSchema.safeParse(json);
  if (!top.success) {
    throw new SlipstreamError('CONFIGURATION_INVALID', `The outputs ${file} hold no object: give the deploy's file.`);
  }
  if ('api_url' in top.data) return [new DeployedStack(NAMELESS, textsOf(top.data))];
  return Object.entries(top.data).flatMap(([name, outputs]) => {
    const parsed = outputsSchema.safeParse(outputs);
    return parsed.success && 'api_url' in parsed.data ? [new DeployedStack(name, textsOf(parsed.data))] : [];
  });
}

function textsOf(outputs: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(outputs).flatMap(([name, value]) => {
      const text = valueSchema.safeParse(value);
      return text.success ? [[name, text.data]] : [];
    }),
  );
}
