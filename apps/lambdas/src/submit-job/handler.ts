import { awsFunction } from '../runtime/aws-function.ts';
import { createSubmitJob } from './submit-job.ts';

export const handler = awsFunction('submit-job', (ports) => createSubmitJob(ports));
