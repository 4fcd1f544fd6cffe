import type { FunctionName } from '../contracts/function-names.ts';
import { type QueueName, queueReadBy, queueVariables } from '../queues/queue-table.ts';
import type { FunctionNeeds } from './function-needs.ts';

/** Rights and variables for the queues that a function sends to, and for the dead letters of the one it reads. */
export function queueNeeds(
  name: FunctionName,
  sendsTo: readonly QueueName[],
): Pick<FunctionNeeds, 'aws' | 'environment'> {
  const own = queueReadBy(name);
  const resources = [...sendsTo, ...(own ? [`${own}-dead`] : [])];
  return {
    aws: resources.map((resource) => ({ actions: ['sqs:SendMessage'], resource })),
    environment: [
      ...sendsTo.map((queue) => queueVariables(queue).url),
      ...(own ? Object.values(queueVariables(own)) : []),
    ],
  };
}
