import { createSubmitJob, submitPorts } from '@slipstream/pipeline/submit-job';
import { onMessages } from '../events/sqs-events.ts';
import { awsFunction } from '../runtime/aws-function.ts';

export const handler = awsFunction('submit-job', (ports) => onMessages(createSubmitJob(submitPorts(ports))));
