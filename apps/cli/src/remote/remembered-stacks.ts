import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { DeployedStack } from './deployed-stack.ts';
import { fileNameOf, userFile, writePrivately } from './user-folder.ts';

const rememberedSchema = z.object({ name: z.string(), outputs: z.record(z.string(), z.string()) });

const pathOf = (stack: string) => userFile('stacks', `${fileNameOf(stack)}.json`);

/** So that `--stack dev` is enough from now on, in whatever folder. Names and addresses, no secret. */
export function rememberStack(asked: string, { name, outputs }: DeployedStack): void {
  writePrivately(pathOf(asked), `${JSON.stringify({ name, outputs }, null, 2)}\n`);
}

export function rememberedStack(asked: string): DeployedStack | null {
  const path = pathOf(asked);
  if (!existsSync(path)) return null;
  const { name, outputs } = rememberedSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  return new DeployedStack(name, outputs);
}
