import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';

/**
 * Takes what a deploy wrote for the outputs that everything works by. A deploy that was broken off, or refused at its
 * question, writes an empty file: the outputs of the one before stay, since that is what is deployed. Whether
 * they were taken.
 */
export function takeOutputs(written: string, file: string): boolean {
  if (!existsSync(written)) return false;
  const stacks: unknown[] = Object.values(Object(JSON.parse(readFileSync(written, 'utf8') || '{}')));
  const isWhole = stacks.some((outputs) => Object.keys(Object(outputs)).length > 0);
  if (isWhole) renameSync(written, file);
  else rmSync(written);
  return isWhole;
}
