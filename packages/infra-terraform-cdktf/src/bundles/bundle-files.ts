import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  eachFunction,
  FUNCTION_NAMES,
  type FunctionName,
  type FunctionNeeds,
  functionNeedsSchema,
} from '@slipstream/shared';
import type { Bundle, Bundles } from './bundle.ts';

/** Where `npm run bundle` puts the zips. */
export const BUNDLES_DIR = join(import.meta.dirname, '../../bundles');
const AGENT_NEEDS = join(import.meta.dirname, '../../../../apps/ocr-agent/needs.json');

export function bundlePath(folder: string, name: FunctionName): string {
  return join(folder, `${name}.zip`);
}

/** What the function of this zip needs. */
export function needsPath(folder: string, name: FunctionName): string {
  return join(folder, `${name}.needs.json`);
}

/** Reads what the stack has to know of each zip. Throws one error that names every missing one. */
export function readBundles(folder: string): Bundles {
  const missing = FUNCTION_NAMES.filter(
    (name) => !existsSync(bundlePath(folder, name)) || !existsSync(needsPath(folder, name)),
  );
  if (missing.length > 0) {
    throw new Error(`There is no bundle of ${missing.join(', ')} in ${folder}. Make them with: npm run bundle`);
  }
  const read = (name: FunctionName): Bundle => {
    const path = bundlePath(folder, name);
    return {
      path,
      bytes: statSync(path).size,
      sha256: createHash('sha256').update(readFileSync(path)).digest('base64'),
      needs: readNeeds(needsPath(folder, name)),
    };
  };
  return eachFunction(read);
}

/** What the OCR agent needs. */
export function readAgentNeeds(): FunctionNeeds {
  return readNeeds(AGENT_NEEDS);
}

function readNeeds(path: string): FunctionNeeds {
  return functionNeedsSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
}
