import { awsFunction } from '../runtime/aws-function.ts';
import { createSweeper } from './sweeper.ts';

export const handler = awsFunction('sweeper', (ports) => createSweeper(ports));
