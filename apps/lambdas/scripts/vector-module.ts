import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';

/**
 * LanceDB goes into the bundle but for its native module, which no bundle can hold: the deploy packs it beside
 * (`node_modules/@lancedb/lancedb-linux-arm64-gnu`). Our sources load LanceDB and Arrow through `createRequire`, lazily;
 * for the bundler that becomes a `require` that it sees, and lazy it stays.
 */
export const vectorModule: Plugin = {
  name: 'vector-module',
  setup: (build) => {
    build.onLoad({ filter: /\/merchant-index\/src\/.*\/(lance-module|delta-schema)\.ts$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      const contents = source
        .replace('const require = createRequire(import.meta.url);', '')
        .replace('createRequire(import.meta.url)(', 'require(');
      if (/createRequire\(/.test(contents)) throw new Error(`${path} loads modules in another way than expected.`);
      return { contents, loader: 'ts' };
    });
    // In place of a search through eighty names: the functions run on Linux with glibc, and nowhere else.
    build.onLoad({ filter: /\/@lancedb\/lancedb\/dist\/native\.js$/ }, () => ({
      contents: "module.exports = require('@lancedb/lancedb-linux-' + process.arch + '-gnu');",
      loader: 'js',
    }));
    // LanceDB's own embedders, which nobody uses.
    build.onResolve({ filter: /^(openai|@huggingface\/transformers)$/ }, ({ path, importer }) =>
      /\/@lancedb\//.test(importer) ? { path, namespace: 'unused' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'unused' }, () => ({ contents: 'module.exports = {};', loader: 'js' }));
  },
};
