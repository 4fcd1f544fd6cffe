import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** An installed package: its folder, and where it stands below the `node_modules` that hold everything. */
export interface InstalledPackage {
  readonly folder: string;
  /** `sharp`, or `a/node_modules/b` where one stands within another. */
  readonly place: string;
}

/**
 * The packages named and everything they need, as they are installed: found the way Node finds them, from folder to
 * folder upwards. Optional ones that are not installed (another platform's) are left out; a needed one that is missing
 * throws.
 */
export function packageClosure(names: readonly string[], from: string): readonly InstalledPackage[] {
  const found = new Map<string, InstalledPackage>();
  const visit = (name: string, start: string, isOptional: boolean) => {
    const folder = findPackage(name, start);
    if (folder === null) {
      if (isOptional) return;
      throw new Error(`the package ${name} is not installed: run npm ci`);
    }
    if (found.has(folder)) return;
    found.set(folder, { folder, place: placeOf(folder) });
    const { dependencies = {}, optionalDependencies = {} } = manifestOf(folder);
    for (const dependency of Object.keys(dependencies)) {
      visit(dependency, folder, Object.hasOwn(optionalDependencies, dependency));
    }
    for (const dependency of Object.keys(optionalDependencies)) visit(dependency, folder, true);
  };
  for (const name of names) visit(name, from, false);
  return [...found.values()];
}

function findPackage(name: string, start: string): string | null {
  for (let folder = start; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return candidate;
    if (dirname(folder) === folder) return null;
  }
}

/** Everything behind the first `node_modules` on the way. */
function placeOf(folder: string): string {
  const mark = '/node_modules/';
  return folder.slice(folder.indexOf(mark) + mark.length);
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}
