import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FunctionName } from '@slipstream/shared';
import { isVectorFunction } from '../environments/vector-functions.ts';
import { bundlePath, needsPath } from './bundle-files.ts';
import { VECTOR_MODULE, VECTOR_MODULE_VERSION, vectorModule } from './vector-module.ts';
import { makeZip } from './zip.ts';

export interface MadeBundle {
  readonly function: FunctionName;
  readonly zip_bytes: number;
  readonly unzipped_bytes: number;
}

/** Zips a function's bundle, with the native module where it needs vectors. Reads `dist/{function}`, writes `{folder}/{function}.zip`. */
export function makeBundle(name: FunctionName, dist: string, folder: string): MadeBundle {
  if (!existsSync(join(dist, name, 'index.mjs')))
    throw new Error(`The function ${name} is not built. Build it with: npm run build`);
  const files: Record<string, Buffer> = Object.fromEntries(
    ['index.mjs', 'index.mjs.map'].map((file) => [file, readFileSync(join(dist, name, file))]),
  );
  if (isVectorFunction(name)) {
    const module = vectorModule();
    for (const file of readdirSync(module).filter((each) => each === 'package.json' || each.endsWith('.node'))) {
      files[`node_modules/${VECTOR_MODULE}/${file}`] = readFileSync(join(module, file));
    }
  }
  const zip = makeZip(files);
  writeFileSync(bundlePath(folder, name), zip);
  copyFileSync(join(dist, name, 'needs.json'), needsPath(folder, name));
  return {
    function: name,
    zip_bytes: zip.byteLength,
    unzipped_bytes: Object.values(files).reduce((sum, file) => sum + file.byteLength, 0),
  };
}

/** What the zips are made of: nothing is zipped again while it is the same. */
export function fingerprint(name: FunctionName, dist: string): string {
  const hash = createHash('sha256').update(`${name} ${isVectorFunction(name) ? VECTOR_MODULE_VERSION : ''}`);
  const folder = join(dist, name);
  if (existsSync(folder))
    for (const file of readdirSync(folder).toSorted()) hash.update(readFileSync(join(folder, file)));
  return hash.digest('hex');
}
