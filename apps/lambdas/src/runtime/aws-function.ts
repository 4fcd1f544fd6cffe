import { type Invocation, metricsEnvironment, type WorkPorts, workPorts } from '@slipstream/pipeline';
import { systemClock } from '@slipstream/shared';
import { awsStoreOptionsFrom, openAwsStore } from '@slipstream/store-aws';
import { lambdaLogger } from './lambda-logger.ts';

/** Of Lambda's context object, what the functions use. */
export interface LambdaContext {
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

/** What is left of an invocation when its calls have to have ended: enough to say so. */
const MARGIN_MS = 1_000;

/**
 * A function on AWS: what it needs is made with its first invocation and kept for the environment's life. While it
 * initialises nothing connects and nothing is read. Every call ends with the invocation, not after it.
 */
export function awsFunction<E, R>(
  name: string,
  make: (ports: WorkPorts) => (event: E, invocation: Invocation) => Promise<R>,
): (event: E, context: LambdaContext) => Promise<R> {
  let made: ReturnType<typeof make> | null = null;
  let deadline = Number.POSITIVE_INFINITY;
  return async (event, context) => {
    // One invocation at a time: the deadline is that of the one that runs.
    deadline = Date.now() + context.getRemainingTimeInMillis() - MARGIN_MS;
    made ??= make(awsPorts(name, () => deadline));
    return made(event, invocationOf(context));
  };
}

export function invocationOf(context: LambdaContext): Invocation {
  return { request_id: context.awsRequestId, remainingMs: () => context.getRemainingTimeInMillis() };
}

function awsPorts(name: string, deadline: () => number): WorkPorts {
  return workPorts(openAwsStore({ ...awsStoreOptionsFrom(process.env), clock: systemClock, deadline }), {
    clock: systemClock,
    logger: lambdaLogger(name),
    metricsOf: metricsEnvironment(process.env),
  });
}
