import { createSweeper } from '@slipstream/pipeline';
import { awsFunction } from '../runtime/aws-function.ts';

export const handler = awsFunction('sweeper', (ports) => createSweeper(ports));
