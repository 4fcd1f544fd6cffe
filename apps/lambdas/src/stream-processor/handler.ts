import { awsFunction } from '../runtime/aws-function.ts';
import { createStreamProcessor } from './stream-processor.ts';

export const handler = awsFunction('stream-processor', createStreamProcessor);
