import { createStreamProcessor, streamPorts } from '@slipstream/pipeline/stream-processor';
import { INDEX_SETTINGS, indexCollections, loadSettings } from '@slipstream/runtime';
import { onChanges } from '../events/stream-events.ts';
import { awsFunction } from '../runtime/aws-function.ts';

export const handler = awsFunction('stream-processor', (ports) => {
  const collections = indexCollections(loadSettings(INDEX_SETTINGS, { flags: {}, env: process.env }));
  return onChanges(createStreamProcessor(streamPorts(ports), { collections }));
});
