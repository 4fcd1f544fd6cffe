import { writeFileSync } from 'node:fs';
import { functionNeedsSchema } from '@slipstream/shared';
import { needs } from '../src/needs.ts';

/** Writes `needs.json` beside each bundle; a function without a declaration fails the build. */
export async function writeNeeds(functions: readonly string[], folder: string): Promise<void> {
  for (const name of functions) {
    const declared = needs.find((candidate) => candidate.function === name);
    if (!declared) throw new Error(`The function ${name} declares no needs: add src/${name}/needs.ts to src/needs.ts.`);
    writeFileSync(`${folder}/${name}/needs.json`, `${JSON.stringify(functionNeedsSchema.parse(declared), null, 2)}\n`);
  }
}
