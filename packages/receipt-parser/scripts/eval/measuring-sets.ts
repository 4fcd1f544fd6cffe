import { existsSync } from 'node:fs';
import path from 'node:path';

/** Sets of receipts that are not part of the project lie beside it. */
const BESIDE = path.join(import.meta.dirname, '../../../../../shared');

/** A folder of a measuring set beside the project, or null with a loud word about what is not measured. */
export function measuringSet(name: string, what: string): string | null {
  const folder = path.join(BESIDE, name);
  if (existsSync(folder)) return folder;
  console.log(`SKIPPED ${what}: the set ${path.join('../shared', name)} does not lie beside the project.`);
  return null;
}
