import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { BUNDLES_DIR, readBundles } from './bundles/bundle-files.ts';
import { ensureBundles } from './bundles/ensure-bundles.ts';
import { ENVIRONMENTS, stackName } from './environments/index.ts';
import { synthesise } from './stack/slipstream-app.ts';

/** The app that cdktf.json names: synthesises every environment. */
const PACKAGE = join(import.meta.dirname, '..');
/** Written by `npm run bootstrap`, committed by whoever ran it. */
const STATE_FILE = join(PACKAGE, 'state.json');
const stateSchema = z.object({ bucket: z.string().min(3), region: z.string().min(1) });

try {
  for (const bundle of ensureBundles()) console.error(`Zipped ${bundle.function}.`);
  const state = existsSync(STATE_FILE) ? stateSchema.parse(JSON.parse(readFileSync(STATE_FILE, 'utf8'))) : null;
  if (state === null)
    console.error('State is a file beside cdktf.json: for more than a first look, run npm run bootstrap.');
  // cdktn says where it wants the result.
  const outdir = process.env.CDKTF_OUTDIR ?? join(PACKAGE, 'cdktf.out');
  synthesise(
    ENVIRONMENTS,
    { bundles: readBundles(BUNDLES_DIR), state, endpoint: process.env.AWS_ENDPOINT_URL ?? null },
    outdir,
  );
  console.error(`Synthesised ${ENVIRONMENTS.map(stackName).join(' and ')} into ${outdir}.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
