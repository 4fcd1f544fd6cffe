import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';

/**
 * Takes of zod only what is used. `import { z }` brings the whole of it, with its messages in some fifty languages:
 * 455 KB of 1.1 MB, which Node has to parse before a function can start. A namespace import (`import * as z`) says
 * the same to TypeScript, and the bundler can see which parts of it are used.
 */
export const leanZod: Plugin = {
  name: 'lean-zod',
  setup: (build) => {
    build.onLoad({ filter: /\/(packages|apps)\/[^/]+\/src\/.*\.ts$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      return { contents: source.replace(/^import \{ z \} from 'zod';$/m, "import * as z from 'zod';"), loader: 'ts' };
    });
    // The messages are English: they reach logs and problem+json, whose readers know what they ask.
    build.onLoad({ filter: /\/zod\/v4\/locales\/index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
    }));
  },
};
