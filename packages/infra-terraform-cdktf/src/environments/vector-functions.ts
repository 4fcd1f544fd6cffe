import type { FunctionName } from '@slipstream/shared';

/** Whose zip carries LanceDB's native module. */
export const VECTOR_FUNCTIONS = ['process-ocr-results', 'compaction'] as const satisfies readonly FunctionName[];

export function isVectorFunction(name: FunctionName): boolean {
  return VECTOR_FUNCTIONS.some((vector) => vector === name);
}
