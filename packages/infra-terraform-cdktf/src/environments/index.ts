import { dev } from './dev.ts';
import type { Environment } from './environment.ts';
import { prod } from './prod.ts';

export const ENVIRONMENTS: readonly Environment[] = [dev, prod];

export function environmentNamed(name: string): Environment {
  const found = ENVIRONMENTS.find((environment) => environment.name === name);
  if (!found)
    throw new Error(`There is no environment "${name}". There are: ${ENVIRONMENTS.map((e) => e.name).join(', ')}.`);
  return found;
}

export function stackName(environment: Environment): string {
  return `slipstream-${environment.name}`;
}
