import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';

/** `export var GetObject$ = [9, n0, …];`, on one line or on several. */
const SCHEMA = /^((?:export )?var [\w$]+ = )(\[[\s\S]*?\]);$/gm;

/**
 * Takes of the AWS clients' schemas only those of the commands that are used. They are plain arrays, but for computed
 * keys (`[_h]`), which could have an effect for all that the bundler knows: it keeps S3's whole table, 60 KB.
 */
export const leanSchemas: Plugin = {
  name: 'lean-schemas',
  setup: (build) => {
    build.onLoad({ filter: /\/@aws-sdk\/client-[\w-]+\/dist-es\/schemas\/schemas_\d+\.js$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      return { contents: source.replace(SCHEMA, '$1/* @__PURE__ */ (() => $2)();'), loader: 'js' };
    });
  },
};
