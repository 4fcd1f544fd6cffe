import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What binding.gyp tells Xcode and the stand-in's build has to do as well, or it would test another addon. */
export interface BindingSettings {
  defines: string[];
  objectiveCFlags: string[];
}

/** binding.gyp is a Python literal; of it only these two lists of strings are read. */
export function bindingSettings(source: string): BindingSettings {
  const text = readFileSync(join(source, 'binding.gyp'), 'utf8').replaceAll(/^\s*#.*$/gm, '');
  return { defines: listOf(text, 'defines'), objectiveCFlags: listOf(text, 'OTHER_CFLAGS') };
}

function listOf(text: string, name: string): string[] {
  const list = new RegExp(`"${name}": \\[([^\\]]*)\\]`).exec(text)?.[1];
  if (list === undefined) throw new Error(`binding.gyp has no list "${name}"`);
  return [...list.matchAll(/"([^"]+)"/g)].flatMap(([, value]) => (value === undefined ? [] : [value]));
}
