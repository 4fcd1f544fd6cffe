import { createStreamProcessor } from '@slipstream/pipeline';
import { INDEX_SETTINGS, indexCollections, loadSettings } from '@slipstream/runtime';
import { awsFunction } from '../runtime/aws-function.ts';

export const handler = awsFunction('stream-processor', (ports) => {
  const collections = indexCollections(loadSettings(INDEX_SETTINGS, { flags: {}, env: process.env }));
  return createStreamProcessor(ports, { collections });
});
