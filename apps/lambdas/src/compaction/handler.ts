import { compactPorts, createCompaction } from '@slipstream/pipeline/compaction';
import { onMessages } from '../events/sqs-events.ts';
import { awsFunction } from '../runtime/aws-function.ts';
import { withMerchantMemory } from '../runtime/merchant-memory.ts';

export const handler = awsFunction('compaction', (ports) =>
  onMessages(createCompaction(compactPorts(withMerchantMemory(ports, process.env)))),
);
