import type { Random } from '@slipstream/testing';

export interface Shape {
  readonly nat: 'gateway' | 'gateways' | 'instance' | 'interface' | 'none';
  readonly zones: number;
  readonly rules: 'inline' | 'separate' | 'old';
  readonly sources: 'group' | 'cidr';
  readonly routes: 'inline' | 'separate';
  readonly tables: 'own' | 'shared' | 'main';
  readonly acl: 'default' | 'own' | 'own-separate';
  readonly database: boolean;
  readonly cache: boolean;
  readonly files: boolean;
  readonly endpoints: boolean;
}

export function foreignShape(random: Random): Shape {
  return {
    nat: random.pick(['gateway', 'gateways', 'instance', 'interface', 'none'] as const),
    zones: random.pick([2, 3]),
    rules: random.pick(['inline', 'separate', 'old'] as const),
    sources: random.pick(['group', 'cidr'] as const),
    routes: random.pick(['inline', 'separate'] as const),
    tables: random.pick(['own', 'shared', 'main'] as const),
    acl: random.pick(['default', 'own', 'own-separate'] as const),
    database: random.chance(0.6),
    cache: random.chance(0.4),
    files: random.chance(0.4),
    endpoints: random.chance(0.5),
  };
}

export const REGION = 'eu-west-1';
/** The reference to a resource's id. */
export const id = (reference: string) => `\${${reference}.id}`;
