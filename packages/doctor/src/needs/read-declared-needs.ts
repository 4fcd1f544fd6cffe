import { existsSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { SlipstreamError } from '@slipstream/shared';
import { z } from 'zod';
import type { DeclaredNeeds, Snapshot } from '../snapshot/snapshot.ts';

const schema = z.looseObject({
  function: z.string(),
  aws: z.array(z.looseObject({ actions: z.array(z.string()), resource: z.string() })).default([]),
  hosts: z.array(z.string()).default([]),
  host_rules: z
    .array(z.object({ host: z.string(), variable: z.string().nullable(), secret: z.string().nullable() }))
    .default([]),
  secrets: z.array(z.string()).default([]),
  environment: z.array(z.string()).default([]),
});

const BUNDLES = 'apps/lambdas/dist';

/** Every `needs.json` below a folder. */
async function readDeclaredNeeds(folder: string): Promise<DeclaredNeeds[]> {
  const found: DeclaredNeeds[] = [];
  for await (const file of glob(['needs.json', '*/needs.json'], { cwd: folder })) {
    const path = join(folder, file);
    const parsed = schema.safeParse(JSON.parse(await readFile(path, 'utf8')));
    if (!parsed.success)
      throw new SlipstreamError(
        'DOCUMENT_INVALID',
        `${path} is no declaration of needs: ${parsed.error.issues[0]?.message}`,
      );
    found.push(parsed.data);
  }
  return found;
}

/** The bundles of the checkout that a path lies in, or that is worked in; null where none are built. */
function bundlesFolder(...paths: readonly string[]): string | null {
  for (const start of [...paths, process.cwd()]) {
    for (let folder = resolve(start); ; folder = dirname(folder)) {
      const candidate = join(folder, BUNDLES);
      if (existsSync(candidate)) return candidate;
      if (folder === dirname(folder)) break;
    }
  }
  return null;
}

/** Adds what the functions' bundles declare; without it their roles and variables say what they need. */
export async function addDeclaredNeeds(
  snapshot: Snapshot,
  folder: string | null,
  ...near: readonly string[]
): Promise<void> {
  const isOurs = snapshot.functions.some(
    ({ name, environment }) => name.startsWith('slipstream-') || environment?.SLIPSTREAM_ENVIRONMENT !== undefined,
  );
  const from = folder ?? (isOurs ? bundlesFolder(...near) : null);
  if (from === null) {
    if (isOurs)
      snapshot.not_checked.push(
        'No needs.json was found: what the functions need was inferred from their roles and variables. Run npm run build, or name the folder with --needs.',
      );
    return;
  }
  snapshot.declared_needs.push(...(await readDeclaredNeeds(from)));
}
