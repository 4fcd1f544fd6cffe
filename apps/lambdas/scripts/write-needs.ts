import { writeFileSync } from 'node:fs';
import { FUNCTION_NAMES, FUNCTION_NEEDS, functionNeedsSchema } from '@slipstream/shared';

/** Writes `needs.json` beside each bundle; a function without a declaration fails the build. */
export async function writeNeeds(functions: readonly string[], folder: string): Promise<void> {
  for (const name of functions) {
    const known = FUNCTION_NAMES.find((each) => each === name);
    if (!known) throw new Error(`The function ${name} has no name in shared, nor needs: add both (src/needs).`);
    const needs = functionNeedsSchema.parse(FUNCTION_NEEDS[known]);
    writeFileSync(`${folder}/${name}/needs.json`, `${JSON.stringify(needs, null, 2)}\n`);
  }
}
