import { metricsEnvironment } from '@slipstream/pipeline';
import { systemClock } from '@slipstream/shared';
import { invocationOf, type LambdaContext } from '../runtime/aws-function.ts';
import { lambdaLogger } from '../runtime/lambda-logger.ts';
import { createConnectivityProbe } from './connectivity-probe.ts';
import { probeTargets } from './probe-targets.ts';

let probe: ReturnType<typeof createConnectivityProbe> | null = null;

/** Without the store's clients: what measures the network should not depend on it. */
export const handler = async (event: unknown, context: LambdaContext) => {
  probe ??= createConnectivityProbe(
    { logger: lambdaLogger('connectivity-probe'), clock: systemClock, metricsOf: metricsEnvironment(process.env) },
    { targets: probeTargets(process.env) },
  );
  return probe(event, invocationOf(context));
};
