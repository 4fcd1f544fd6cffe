import { openPlaces, PLACES_SETTINGS } from '@slipstream/merchant-index';
import { createProcessOcrResults } from '@slipstream/pipeline';
import { loadSettings } from '@slipstream/runtime';
import { awsFunction } from '../runtime/aws-function.ts';
import { withMerchantMemory } from '../runtime/merchant-memory.ts';
import { createSecretReader } from '../runtime/secret-reader.ts';

export const handler = awsFunction('process-ocr-results', (ports) => {
  const { budgets, placeLookups: lookups, clock, logger } = ports;
  const options = () => {
    const settings = loadSettings([...PLACES_SETTINGS, 'review_below'], { flags: {}, env: process.env });
    const { review_below } = settings;
    if (!process.env.PLACES_SECRET_ARN) return { review_below };
    const apiKey = createSecretReader({ variable: 'PLACES_SECRET_ARN', field: 'api_key', logger });
    return { review_below, findPlace: openPlaces(settings, { apiKey, budgets, lookups, clock, logger }) };
  };
  return createProcessOcrResults(withMerchantMemory(ports, process.env), options());
});
