import type { Environment } from './environment.ts';
import type { FunctionName } from './function-names.ts';

/** Who runs in the private subnets. A function outside has the internet, and no way to a mount target. */
export function runsInVpc({ functions, efs }: Environment, name: FunctionName): boolean {
  const seeds: readonly FunctionName[] = [
    'process-ocr-results',
    'compaction',
    'validate-receipt',
    'connectivity-probe',
  ];
  const needed: readonly FunctionName[] = efs ? ['process-ocr-results', 'compaction', 'connectivity-probe'] : [];
  return { seeds, needed, none: [] }[functions.vpc].some((each) => each === name);
}
