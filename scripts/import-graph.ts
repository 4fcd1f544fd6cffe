import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';

export interface PackageFolder {
  readonly name: string;
  /** From the root: `packages/shared`. */
  readonly folder: string;
  /** Import specifier of each public entry → its file, from the root. */
  readonly entries: ReadonlyMap<string, string>;
}

export interface Import {
  /** Both from the root. */
  readonly from: string;
  readonly specifier: string;
  /** The file of ours that it names; null for packages of others. */
  readonly to: string | null;
}

const SOURCES = '{packages,apps,tools}/*/**/*.{ts,tsx,mts,mjs}';
const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s+'([^']+)'|(?:^|\n)\s*import\s+'([^']+)'|import\(\s*'([^']+)'/g;

/** The workspaces' packages, by folder. */
export function packageFolders(): readonly PackageFolder[] {
  return globSync('{packages,apps,tools}/*/package.json').map((path) => {
    const { name, exports = {} } = JSON.parse(readFileSync(path, 'utf8'));
    const entries = Object.entries<unknown>(exports).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    );
    const folder = dirname(path);
    return { name, folder, entries: new Map(entries.map(([key, file]) => [name + key.slice(1), join(folder, file)])) };
  });
}

/** Every import of every source file, tests and scripts included. */
export function imports(packages: readonly PackageFolder[]): readonly Import[] {
  const entries = new Map(packages.flatMap((one) => [...one.entries]));
  const files = globSync(SOURCES, {
    exclude: (path) => /node_modules|(^|\/)(dist|build|cdktf\.out)/.test(String(path)),
  });
  return files.flatMap((from) =>
    [...readFileSync(from, 'utf8').matchAll(IMPORT)].flatMap((match) => {
      const specifier = match[1] ?? match[2] ?? match[3];
      if (specifier === undefined) return [];
      const to = specifier.startsWith('.')
        ? normalize(join(dirname(from), specifier))
        : (entries.get(specifier) ?? null);
      return [{ from, specifier, to }];
    }),
  );
}

/** The package that holds a file; null outside of all. */
export function packageOf(packages: readonly PackageFolder[], file: string): PackageFolder | null {
  return packages.find(({ folder }) => !relative(folder, file).startsWith('..')) ?? null;
}

/** Groups of two or more nodes that reach each other (Tarjan's strongly connected components). */
export function cycles(edges: ReadonlyMap<string, ReadonlySet<string>>): readonly (readonly string[])[] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (node: string): void => {
    const order = index.size;
    index.set(node, order);
    low.set(node, order);
    stack.push(node);
    for (const next of edges.get(node) ?? []) {
      if (!index.has(next)) visit(next);
      if (stack.includes(next)) low.set(node, Math.min(low.get(node) ?? 0, low.get(next) ?? 0));
    }
    if (low.get(node) !== order) return;
    const group = stack.splice(stack.indexOf(node));
    if (group.length > 1) found.push(group.sort());
  };
  for (const node of edges.keys()) if (!index.has(node)) visit(node);
  return found;
}
