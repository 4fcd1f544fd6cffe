import { awsFunction } from '../runtime/aws-function.ts';
import { createProcessOcrResults } from './process-ocr-results.ts';

export const handler = awsFunction('process-ocr-results', createProcessOcrResults);
