import { createCompaction } from '@slipstream/pipeline';
import { awsFunction } from '../runtime/aws-function.ts';
import { withMerchantMemory } from '../runtime/merchant-memory.ts';

export const handler = awsFunction('compaction', (ports) => createCompaction(withMerchantMemory(ports, process.env)));
