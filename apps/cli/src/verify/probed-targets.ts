import type { DeployedStack } from '../remote/deployed-stack.ts';

/** What the probe is asked to reach: what is given, else what the deploy says this network reaches; empty: all it knows. */
export function probedTargets(given: unknown, { outputs }: Pick<DeployedStack, 'outputs'>): readonly string[] {
  const names = typeof given === 'string' ? given : (outputs.verify_targets ?? '');
  return names.split(',').filter(Boolean);
}
