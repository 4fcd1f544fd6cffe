export { needsOfBundles } from './bundles/bundle.ts';
export { checkEnvironment, environmentFaults } from './environments/check-environment.ts';
export type { Environment } from './environments/environment.ts';
export { ENVIRONMENTS, environmentNamed, stackName } from './environments/index.ts';
export { NatInstance, type NatInstanceProps } from './nat-instance/index.ts';
export { synthesise } from './stack/slipstream-app.ts';
export { SlipstreamStack, type StackOptions } from './stack/slipstream-stack.ts';
