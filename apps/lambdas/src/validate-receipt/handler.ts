import {
  createReviewer,
  createValidateReceipt,
  REVIEWER_SETTINGS,
  validatePorts,
} from '@slipstream/pipeline/validate-receipt';
import { loadSettings } from '@slipstream/runtime';
import { onMessages } from '../events/sqs-events.ts';
import { awsFunction } from '../runtime/aws-function.ts';
import { createSecretReader } from '../runtime/secret-reader.ts';

export const handler = awsFunction('validate-receipt', (work) => {
  const ports = validatePorts(work);
  const settings = loadSettings(['review_below', ...REVIEWER_SETTINGS], { flags: {}, env: process.env });
  const { review_below } = settings;
  if (!process.env.OPENAI_SECRET_ARN) return onMessages(createValidateReceipt(ports, { review_below }));
  const apiKey = createSecretReader({ variable: 'OPENAI_SECRET_ARN', field: 'api_key', logger: ports.logger });
  return onMessages(createValidateReceipt(ports, { review_below, reviewer: createReviewer(settings, apiKey) }));
});
