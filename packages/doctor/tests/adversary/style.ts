import type { Random } from '@slipstream/testing';

/** How somebody else writes the same network: each choice is one that public stacks make. */
export interface Style {
  readonly instances: 'count' | 'for_each' | 'plain';
  readonly lists: 'splat' | 'members' | 'element';
  readonly zones: 'data' | 'literal';
  readonly rules: 'inline' | 'inline-nulls' | 'rule' | 'modern' | 'dynamic';
  readonly routes: 'block' | 'resource';
  readonly main: 'associations' | 'default-table' | 'main-association';
  readonly nat: 'gateway' | 'gateway-per-zone' | 'instance' | 'interface';
  readonly gateway: 'vpc_id' | 'attachment';
  readonly endpoints: 'inline' | 'associations' | 'for_each';
  readonly policies: 'json' | 'jsonencode' | 'document' | 'managed';
  readonly acl: 'none' | 'inline' | 'rules' | 'default';
  readonly names: readonly [prefix: string, tier: string, open: string];
}

export function randomStyle(random: Random): Style {
  return {
    instances: random.pick(['count', 'for_each', 'plain'] as const),
    lists: random.pick(['splat', 'members', 'element'] as const),
    zones: random.pick(['data', 'literal'] as const),
    rules: random.pick(['inline', 'inline-nulls', 'rule', 'modern', 'dynamic'] as const),
    routes: random.pick(['block', 'resource'] as const),
    main: random.pick(['associations', 'default-table', 'main-association'] as const),
    nat: random.pick(['gateway', 'gateway-per-zone', 'instance', 'interface'] as const),
    gateway: random.pick(['vpc_id', 'attachment'] as const),
    endpoints: random.pick(['inline', 'associations', 'for_each'] as const),
    policies: random.pick(['json', 'jsonencode', 'document', 'managed'] as const),
    acl: random.pick(['none', 'inline', 'rules', 'default'] as const),
    names: random.pick([
      ['tf', 'private', 'public'],
      ['shop_prod', 'app', 'dmz'],
      ['Main-VPC', 'intra', 'edge'],
    ] as const),
  };
}
