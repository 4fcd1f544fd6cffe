import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Where a fault is caught, the cheapest first. */
export const LEVELS = ['unit', 'types', 'analysis', 'link', 'scenarios', 'scenarios-arc', 'address', 'thread'] as const;
export type Level = (typeof LEVELS)[number];

/** One mistake that somebody could make: a text that stands once in one file, and what it is replaced by. */
export interface Fault {
  name: string;
  what: string;
  file: string;
  find: string;
  replace: string;
  caughtBy: Level;
}

const COPIED = ['src', 'native', 'verify', 'tests', 'binding.gyp', 'package.json', 'tsconfig.json'];

export function readFaults(source: string): Fault[] {
  const files = globSync(join(source, 'verify/faults/*.json')).toSorted();
  return files.map((path) => parseFault(basename(path, '.json'), JSON.parse(readFileSync(path, 'utf8'))));
}

function parseFault(name: string, json: Record<string, unknown>): Fault {
  const text = (field: string): string => {
    const value = json[field];
    // Several lines of code are a list, so that a file of faults can be read.
    if (Array.isArray(value)) return value.join('\n');
    if (typeof value === 'string') return value;
    throw new Error(`the fault ${name} has no "${field}"`);
  };
  const caughtBy = LEVELS.find((level) => level === json.caught_by);
  if (!caughtBy) throw new Error(`the fault ${name} is caught by "${String(json.caught_by)}", which is no level`);
  return { name, what: text('what'), file: text('file'), find: text('find'), replace: text('replace'), caughtBy };
}

/** A copy of the package with the fault in it, inside the package so that its dependencies are found. */
export function plant(fault: Fault, source: string): string {
  const copy = join(source, 'build-linux/faults', fault.name);
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy, { recursive: true });
  for (const entry of COPIED) cpSync(join(source, entry), join(copy, entry), { recursive: true });
  const path = join(copy, fault.file);
  const parts = readFileSync(path, 'utf8').split(fault.find);
  if (parts.length !== 2) {
    throw new Error(`the fault ${fault.name} should stand once in ${fault.file}, found ${parts.length - 1} times`);
  }
  writeFileSync(path, parts.join(fault.replace));
  return copy;
}
