import { Random } from '@slipstream/testing';
import type { DeclaredNeeds } from '../../src/snapshot/snapshot.ts';
import type { Config } from './config.ts';
import { foreignShape, foreignStack } from './foreign-stack.ts';
import { OWN_NEEDS, ownEnvironments, ownStack } from './own-stacks.ts';

export interface Base {
  readonly name: string;
  readonly config: Config;
  readonly needs: readonly DeclaredNeeds[];
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
