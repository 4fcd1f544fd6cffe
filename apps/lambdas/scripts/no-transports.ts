import type { Plugin } from 'esbuild';

/** Leaves out what pino needs only to write logs in a thread of their own, and the modules of Node behind it. */
export const noTransports: Plugin = {
  name: 'no-transports',
  setup: (build) => {
    build.onResolve({ filter: /^thread-stream$/ }, ({ path }) => ({ path, namespace: 'no-transports' }));
    build.onLoad({ filter: /.*/, namespace: 'no-transports' }, () => ({
      contents: "module.exports = () => { throw new Error('This bundle has no log transports.'); };",
      loader: 'js',
    }));
  },
};
