import { App } from 'cdktn';
import type { Environment } from '../environments/environment.ts';
import { SlipstreamStack, type StackOptions } from './slipstream-stack.ts';

/** Writes `{outdir}/stacks/{stack}/cdk.tf.json` of each environment. */
export function synthesise(environments: readonly Environment[], options: StackOptions, outdir: string): void {
  const app = new App({ outdir });
  for (const environment of environments) new SlipstreamStack(app, environment, options);
  app.synth();
}
