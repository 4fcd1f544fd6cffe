import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'tsup';
import { builtinsByName } from './scripts/builtins-by-name.ts';
import { lambdaCredentials } from './scripts/lambda-credentials.ts';
import { leanOpenAi } from './scripts/lean-openai.ts';
import { leanSchemas } from './scripts/lean-schemas.ts';
import { leanZod } from './scripts/lean-zod.ts';
import { noTransports } from './scripts/no-transports.ts';
import { vectorModule } from './scripts/vector-module.ts';
import { writeNeeds } from './scripts/write-needs.ts';

/** Whatever the working folder is. */
const SOURCES = join(import.meta.dirname, 'src');
const DIST = join(import.meta.dirname, 'dist');

const functions = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
  .filter((path) => /^[\w-]+\/handler\.ts$/.test(path))
  .map((path) => path.split('/')[0] ?? '');

/** Each function is one file that needs nothing beside it but Node 24 and, for the merchant index, LanceDB's native module. */
export default defineConfig({
  entry: Object.fromEntries(functions.map((name) => [`${name}/index`, join(SOURCES, name, 'handler.ts')])),
  outDir: DIST,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  outExtension: () => ({ js: '.mjs' }),
  noExternal: [/.*/],
  splitting: false,
  removeNodeProtocol: false,
  minify: true,
  sourcemap: true,
  clean: true,
  esbuildPlugins: [vectorModule, builtinsByName, lambdaCredentials, leanOpenAi, leanSchemas, leanZod, noTransports],
  // Packages that come as ES modules too are taken as such: what they do not use stays out.
  esbuildOptions: (options) => {
    options.mainFields = ['module', 'main'];
    options.legalComments = 'none';
    // Some packages are CommonJS inside and ask for Node's own modules.
    options.banner = {
      js: "import{createRequire as makeRequire}from'node:module';const require=makeRequire(import.meta.url);",
    };
  },
  onSuccess: () => writeNeeds(functions, DIST),
});
