import type { Plugin } from 'esbuild';

/**
 * Credentials from the environment, where Lambda puts those of the function's role, and from nowhere else: the SDK's
 * own chain brings clients of three more services (sign-in, SSO, STS), files and the instance's metadata.
 */
export const lambdaCredentials: Plugin = {
  name: 'lambda-credentials',
  setup: (build) => {
    build.onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, ({ path, resolveDir }) => ({
      path,
      namespace: 'lambda-credentials',
      pluginData: resolveDir,
    }));
    build.onLoad({ filter: /.*/, namespace: 'lambda-credentials' }, ({ pluginData }) => ({
      contents: `import { fromEnv } from '@aws-sdk/credential-provider-env';
        export const defaultProvider = (init) => fromEnv(init);`,
      resolveDir: String(pluginData),
      loader: 'js',
    }));
  },
};
