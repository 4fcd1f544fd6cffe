import { openPlaces, PLACES_SETTINGS } from '@slipstream/merchant-index';
import { budgetsOf, placeLookupsOf, type WorkPorts } from '@slipstream/pipeline';
import { createProcessOcrResults, type ProcessOptions, processPorts } from '@slipstream/pipeline/process-ocr-results';
import { loadSettings } from '@slipstream/runtime';
import { onMessages } from '../events/sqs-events.ts';
import { awsFunction } from '../runtime/aws-function.ts';
import { withMerchantMemory } from '../runtime/merchant-memory.ts';
import { createSecretReader } from '../runtime/secret-reader.ts';

export const handler = awsFunction('process-ocr-results', (ports) =>
  onMessages(createProcessOcrResults(processPorts(withMerchantMemory(ports, process.env)), optionsOf(ports))),
);

function optionsOf(ports: WorkPorts): ProcessOptions {
  const settings = loadSettings([...PLACES_SETTINGS, 'review_below'], { flags: {}, env: process.env });
  const { review_below } = settings;
  if (!process.env.PLACES_SECRET_ARN) return { review_below };
  const { clock, logger } = ports;
  const apiKey = createSecretReader({ variable: 'PLACES_SECRET_ARN', field: 'api_key', logger });
  const [budgets, lookups] = [budgetsOf(ports), placeLookupsOf(ports)];
  return { review_below, findPlace: openPlaces(settings, { apiKey, budgets, lookups, clock, logger }) };
}
