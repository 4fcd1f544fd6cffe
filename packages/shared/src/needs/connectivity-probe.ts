import type { FunctionNeeds } from './function-needs.ts';

/** It sends no key and signs nothing: it needs ways, not rights. */
export const connectivityProbeNeeds: FunctionNeeds = {
  function: 'connectivity-probe',
  aws: [],
  hosts: ['api.openai.com:443', 'checkip.amazonaws.com:443', 'places.googleapis.com:443'],
  host_rules: [
    { host: 'api.openai.com:443', variable: 'OPENAI_BASE_URL', secret: 'openai' },
    { host: 'places.googleapis.com:443', variable: 'GOOGLE_PLACES_BASE_URL', secret: 'places' },
  ],
  services: ['s3', 'dynamodb', 'sqs', 'secretsmanager'],
  secrets: [],
  environment: [],
};
