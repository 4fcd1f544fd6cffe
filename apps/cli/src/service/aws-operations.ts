import { allPorts } from '@slipstream/pipeline';
import type { Logger } from '@slipstream/runtime';
import { DEPLOYED_QUEUE_NAMES, queueVariables, systemClock } from '@slipstream/shared';
import { type AwsStoreOptions, openAwsStore } from '@slipstream/store-aws';
import type { OperatedQueues, Operations } from '../home/operations.ts';
import { recordsDirectory } from '../references/image-directory.ts';
import { stackRows } from '../references/remembered-rows.ts';
import type { DeployedStack } from '../remote/deployed-stack.ts';

/** Over the stack's queues and table, with the AWS credentials of this shell or profile. */
export function awsOperations(stack: DeployedStack, profile: string | null, logger: Logger): Operations {
  const store = openAwsStore(awsStoreOptions(stack, profile));
  const ports = allPorts(store, { clock: systemClock, logger });
  return {
    ...ports,
    queues: deployed(ports.queues),
    directory: recordsDirectory(ports, stack.name, stackRows(stack.name)),
    home: null,
    idleNote: null,
    close: async () => store.close(),
  };
}

/** The outputs are named as the functions' variables are, in lower case. */
export function awsStoreOptions(stack: DeployedStack, profile: string | null): AwsStoreOptions {
  const queues = DEPLOYED_QUEUE_NAMES.map((name) => {
    const { url, dead } = queueVariables(name);
    return [name, { url: stack.require(url.toLowerCase()), deadUrl: stack.require(dead.toLowerCase()) }] as const;
  });
  return {
    region: stack.require('region'),
    table: stack.require('dynamo_table_name'),
    rawBucket: stack.require('raw_bucket'),
    artifactsBucket: stack.require('artifacts_bucket'),
    queues: Object.fromEntries(queues),
    ...(profile ? { profile } : {}),
  };
}

function deployed({ 'catalogue-queue': _, ...queues }: Required<OperatedQueues>): OperatedQueues {
  return queues;
}
