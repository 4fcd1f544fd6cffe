import { createSweeper, sweepPorts } from '@slipstream/pipeline/sweeper';
import { isHealthCheck } from '../events/health-check.ts';
import { awsFunction } from '../runtime/aws-function.ts';

export const handler = awsFunction('sweeper', (ports) => {
  const sweep = createSweeper(sweepPorts(ports));
  return async (event: unknown, invocation) => (isHealthCheck(event) ? null : sweep(invocation));
});
