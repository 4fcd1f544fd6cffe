import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FunctionName, isVectorFunction } from '../environments/function-names.ts';
import { bundlePath } from './bundle-files.ts';
import { VECTOR_MODULE, vectorModule } from './vector-module.ts';
import { makeZip } from './zip.ts';

export interface MadeBundle {
  readonly function: FunctionName;
  readonly zip_bytes: number;
  readonly unzipped_bytes: number;
  readonly has_code: boolean;
  readonly has_vector_module: boolean;
}

/** Zips a function's bundle, with the native module where it needs vectors. Reads `dist/{function}`, writes `{folder}/{function}.zip`. */
export function makeBundle(name: FunctionName, dist: string, folder: string): MadeBundle {
  const code = join(dist, name, 'index.mjs');
  const files: Record<string, Buffer> = existsSync(code)
    ? Object.fromEntries(['index.mjs', 'index.mjs.map'].map((file) => [file, readFileSync(join(dist, name, file))]))
    : { 'index.mjs': refusal(name) };
  if (isVectorFunction(name)) {
    const module = vectorModule();
    for (const file of readdirSync(module).filter((each) => each === 'package.json' || each.endsWith('.node'))) {
      files[`node_modules/${VECTOR_MODULE}/${file}`] = readFileSync(join(module, file));
    }
  }
  const zip = makeZip(files);
  writeFileSync(bundlePath(folder, name), zip);
  return {
    function: name,
    zip_bytes: zip.byteLength,
    unzipped_bytes: Object.values(files).reduce((sum, file) => sum + file.byteLength, 0),
    has_code: existsSync(code),
    has_vector_module: isVectorFunction(name),
  };
}

/** Stands where this build has no code: its messages go to the dead letters with a reason, and wait there to be redriven. */
function refusal(name: FunctionName): Buffer {
  const sentence = `${name} is not part of this build.`;
  return Buffer.from(`export const handler = async () => { throw new Error(${JSON.stringify(sentence)}); };\n`);
}

/** What the zips are made of: nothing is zipped again while it is the same. */
export function fingerprint(name: FunctionName, dist: string): string {
  const hash = createHash('sha256').update(`${name} ${isVectorFunction(name) ? vectorModule() : ''}`);
  const folder = join(dist, name);
  if (existsSync(folder))
    for (const file of readdirSync(folder).toSorted()) hash.update(readFileSync(join(folder, file)));
  return hash.digest('hex');
}
