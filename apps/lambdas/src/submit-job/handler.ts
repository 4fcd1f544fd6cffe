import { createSubmitJob } from '@slipstream/pipeline';
import { awsFunction } from '../runtime/aws-function.ts';

export const handler = awsFunction('submit-job', (ports) => createSubmitJob(ports));
