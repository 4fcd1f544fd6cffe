import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const SRC = resolve(import.meta.dirname, '../src');

/** Which folders of src/ each folder imports from; files beside them belong to none. */
function folderImports(): Map<string, Set<string>> {
  const edges = new Map<string, Set<string>>();
  for (const file of readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))) {
    const from = file.split('/').length > 1 ? String(file.split('/')[0]) : null;
    if (from === null) continue;
    const targets = edges.get(from) ?? new Set();
    edges.set(from, targets);
    for (const [, path = ''] of readFileSync(join(SRC, file), 'utf8').matchAll(/from '(\.[^']+)'/g)) {
      const to = relative(SRC, resolve(SRC, dirname(file), path)).split('/')[0];
      if (to !== undefined && to !== from) targets.add(to);
    }
  }
  return edges;
}

/** Every folder that is reached from itself, with the way round. */
function cycles(edges: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const wayBack = (start: string, at: string, way: readonly string[]): string[] | null => {
    for (const next of edges.get(at) ?? []) {
      if (next === start) return [...way, next];
      if (way.includes(next)) continue;
      const found = wayBack(start, next, [...way, next]);
      if (found) return found;
    }
    return null;
  };
  return [...edges.keys()].flatMap((folder) => wayBack(folder, folder, [folder])?.join(' → ') ?? []);
}

test('no folder imports from one that imports from it, by however many steps', () => {
  const edges = folderImports();
  expect(edges.size).toBeGreaterThan(10);
  expect(cycles(edges)).toEqual([]);
});

test('a cycle is found', () => {
  const edges = new Map([
    ['a', new Set(['b'])],
    ['b', new Set(['c'])],
    ['c', new Set(['a'])],
    ['d', new Set(['a'])],
  ]);
  expect(cycles(edges)).toEqual(['a → b → c → a', 'b → c → a → b', 'c → a → b → c']);
});
