import type { DeclaredNeeds } from '../../src/snapshot/snapshot.ts';
import type { Config } from './config.ts';
import { foreignShape, foreignStack } from './foreign-stack.ts';
import { ownEnvironments, ownStack } from './own-stacks.ts';
import { Random } from './random.ts';

export interface Base {
  readonly name: string;
  readonly config: Config;
  readonly needs: readonly DeclaredNeeds[];
}

/** As the bundles declare it, in short: what each function in the VPC calls. */
const OWN_NEEDS: readonly DeclaredNeeds[] = [
  declared(
    'process-ocr-results',
    ['ocr-results-queue-dead'],
    ['api.openai.com:443', 'places.googleapis.com:443'],
    ['openai', 'places'],
  ),
  declared('compaction', ['compaction-queue-dead'], [], []),
  declared('validate-receipt', ['validate-queue-dead'], ['api.openai.com:443'], ['openai']),
  {
    function: 'connectivity-probe',
    aws: [],
    hosts: ['api.openai.com:443', 'checkip.amazonaws.com:443'],
    secrets: [],
    environment: [],
  },
];

function declared(name: string, queues: readonly string[], hosts: string[], secrets: string[]): DeclaredNeeds {
  const folder = { 'process-ocr-results': 'ocr', compaction: 'deltas', 'validate-receipt': 'reviews' }[name];
  return {
    function: name,
    aws: [
      { actions: ['s3:GetObject'], resource: `artifacts-bucket/${folder}/*` },
      { actions: ['dynamodb:GetItem', 'dynamodb:Query'], resource: 'table' },
      ...queues.map((resource) => ({ actions: ['sqs:SendMessage'], resource })),
      ...secrets.map((secret) => ({ actions: ['secretsmanager:GetSecretValue'], resource: `secret:${secret}` })),
    ],
    hosts,
    secrets,
    environment: [],
  };
}

export function ownBases(): Base[] {
  return ownEnvironments().map((environment) => ({
    name: `NAT ${environment.nat.kind}, ${environment.network.kind} network, functions ${environment.functions.vpc}${environment.efs ? ', EFS' : ''}`,
    config: ownStack(environment),
    needs: OWN_NEEDS,
  }));
}

export function foreignBases(count: number, firstSeed = 1): Base[] {
  return Array.from({ length: count }, (_, at) => {
    const seed = firstSeed + at;
    const shape = foreignShape(new Random(seed));
    return { name: `foreign stack of seed ${seed}: ${JSON.stringify(shape)}`, config: foreignStack(shape), needs: [] };
  });
}
