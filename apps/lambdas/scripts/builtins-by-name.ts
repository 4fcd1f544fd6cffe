import { isBuiltin } from 'node:module';
import type { Plugin } from 'esbuild';

/**
 * Takes Node's own modules from `process.getBuiltinModule` instead of importing them. An ES import reads every export
 * of such a module at once, and `node:http` has one (WebSocket) behind which all of undici is loaded: 20 to 40 ms of
 * each cold start, for what the SDK never uses.
 */
export const builtinsByName: Plugin = {
  name: 'builtins-by-name',
  setup: (build) => {
    build.onResolve({ filter: /^[a-z][\w:/]*$/ }, ({ path }) =>
      isBuiltin(path) ? { path: path.startsWith('node:') ? path : `node:${path}`, namespace: 'builtin' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
      loader: 'js',
    }));
  },
};
