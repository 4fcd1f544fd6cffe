import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';

/**
 * Takes of OpenAI's client only chat completions and embeddings: its other resources (files, images, fine-tuning, …) become empty
 * classes. They are a quarter of the function's bundle, which Node has to parse before it can start.
 */
export const leanOpenAi: Plugin = {
  name: 'lean-openai',
  setup: (build) => {
    build.onLoad({ filter: /\/node_modules\/openai\/resources\/[\w/-]+\.mjs$/ }, ({ path }) => {
      if (path.includes('/resources/chat/') || path.endsWith('/resources/embeddings.mjs')) return undefined;
      const source = readFileSync(path, 'utf8');
      const classes = [...source.matchAll(/^export class (\w+)/gm)].map(([, name]) => `export class ${name} {}`);
      const passedOn = source.match(/^export .* from .*;$/gm) ?? [];
      return { contents: [...classes, ...passedOn].join('\n'), loader: 'js' };
    });
  },
};
