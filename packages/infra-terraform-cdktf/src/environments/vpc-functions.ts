import { FUNCTION_NAMES, type FunctionName } from '@slipstream/shared';
import type { Environment } from './environment.ts';

const SEEDS: readonly FunctionName[] = ['process-ocr-results', 'compaction', 'validate-receipt', 'connectivity-probe'];
/** Who mounts EFS, and who looks at their network. */
const WITH_FILES: readonly FunctionName[] = ['process-ocr-results', 'compaction', 'connectivity-probe'];

/** Who runs in the private subnets. A function outside has the internet, and no way to a mount target. */
export function vpcFunctions({ functions, efs }: Pick<Environment, 'functions' | 'efs'>): readonly FunctionName[] {
  const inside: readonly FunctionName[] = { seeds: SEEDS, needed: efs ? WITH_FILES : [], none: [] }[functions.vpc];
  return FUNCTION_NAMES.filter((name) => inside.includes(name));
}

export function runsInVpc(environment: Pick<Environment, 'functions' | 'efs'>, name: FunctionName): boolean {
  return vpcFunctions(environment).includes(name);
}
